/** Messages of mattermost-plugin-jira (Apache-2.0), of Cloud and of Server, one issue's life among them. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

const NO_UPDATE = 'ignored: an update of neither status, resolution, priority nor assignee';

export const jira: Captured = {
  dialect: dialectOf('jira'),
  outcomes: {
    'jira/webhook-cloud-comment-created-mention-user.json':
      'ignored: the event comment_created: it changes no issue',
    'jira/webhook-cloud-comment-created.json': 'ignored: the event comment_created: it changes no issue',
    'jira/webhook-cloud-comment-deleted.json': 'ignored: the event comment_deleted: it changes no issue',
    'jira/webhook-cloud-comment-updated.json': 'ignored: the event comment_updated: it changes no issue',
    'jira/webhook-cloud-issue-created-many-fields.json': 'TicketOpened TicketAssigned',
    'jira/webhook-cloud-issue-updated-custom-field.json': NO_UPDATE,
    'jira/webhook-issue-assigned-empty-changelog.json': 'TicketAssigned',
    'jira/webhook-issue-comment-created-indentation.json': NO_UPDATE,
    'jira/webhook-issue-created-no-description-nor-relevant-fields.json': 'TicketOpened',
    'jira/webhook-issue-created-no-description.json': 'TicketOpened',
    'jira/webhook-issue-created-no-relevant-fields.json': 'TicketOpened',
    'jira/webhook-issue-created-with-security-level.json': 'TicketOpened',
    'jira/webhook-issue-created.json': 'TicketOpened',
    'jira/webhook-issue-deleted.json': 'TicketClosed',
    'jira/webhook-issue-updated-assigned-nobody.json': 'TicketAssigned',
    'jira/webhook-issue-updated-assigned-on-server.json': 'TicketAssigned',
    'jira/webhook-issue-updated-assigned.json': 'TicketAssigned',
    'jira/webhook-issue-updated-attachments.json': NO_UPDATE,
    'jira/webhook-issue-updated-components.json': NO_UPDATE,
    'jira/webhook-issue-updated-edited.json': NO_UPDATE,
    'jira/webhook-issue-updated-fix-version.json': NO_UPDATE,
    'jira/webhook-issue-updated-issue-type.json': NO_UPDATE,
    'jira/webhook-issue-updated-labels.json': NO_UPDATE,
    'jira/webhook-issue-updated-lowered-priority.json': 'TicketStatusChanged',
    'jira/webhook-issue-updated-multiple-custom-fields.json': NO_UPDATE,
    'jira/webhook-issue-updated-multiple-values.json': 'TicketAssigned',
    'jira/webhook-issue-updated-raised-priority.json': 'TicketStatusChanged',
    'jira/webhook-issue-updated-rank.json': NO_UPDATE,
    'jira/webhook-issue-updated-renamed.json': NO_UPDATE,
    'jira/webhook-issue-updated-reopened-one-changelog.json': 'TicketStatusChanged TicketReopened',
    'jira/webhook-issue-updated-reopened.json': 'TicketStatusChanged TicketReopened',
    'jira/webhook-issue-updated-resolved-one-changelog.json': 'TicketStatusChanged TicketResolved',
    'jira/webhook-issue-updated-resolved.json': 'TicketStatusChanged TicketResolved',
    'jira/webhook-issue-updated-sprint.json': NO_UPDATE,
    'jira/webhook-issue-updated-started-working.json': 'TicketStatusChanged',
  },
};
