/** Payload examples of octokit/webhooks (MIT). The header X-GitHub-Event is not in the files. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const github: Captured = {
  dialect: dialectOf('github'),
  outcomes: {
    'github_octokit/issue_comment.created.1.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/issue_comment.created.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/issue_comment.created.with-installation.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/issue_comment.created.with-organization.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/issue_comment.deleted.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/issue_comment.deleted.with-organization.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/issue_comment.edited.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/issue_comment.edited.with-organization.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/issues.assigned.payload.json': 'TicketAssigned',
    'github_octokit/issues.assigned.with-installation.payload.json': 'TicketAssigned',
    'github_octokit/issues.assigned.with-organization.payload.json': 'TicketAssigned',
    'github_octokit/issues.deleted.payload.json': 'TicketClosed',
    'github_octokit/issues.demilestoned.payload.json': 'ignored: a pull request',
    'github_octokit/issues.demilestoned.with-organization.payload.json': 'ignored: a pull request',
    'github_octokit/issues.edited.payload.json': 'ignored: an issue that was edited: it moves no clock',
    'github_octokit/issues.edited.with-organization.payload.json':
      'ignored: an issue that was edited: it moves no clock',
    'github_octokit/issues.labeled.payload.json': 'ignored: a label that means no status',
    'github_octokit/issues.labeled.with-organization.payload.json': 'ignored: a label that means no status',
    'github_octokit/issues.locked.payload.json': 'ignored: an issue that was locked: it moves no clock',
    'github_octokit/issues.locked.with-organization.payload.json':
      'ignored: an issue that was locked: it moves no clock',
    'github_octokit/issues.milestoned.payload.json': 'ignored: a pull request',
    'github_octokit/issues.milestoned.with-organization.payload.json': 'ignored: a pull request',
    'github_octokit/issues.opened.payload.json': 'TicketOpened',
    'github_octokit/issues.opened.with-empty-body.payload.json': 'TicketOpened',
    'github_octokit/issues.opened.with-organization.payload.json': 'TicketOpened',
    'github_octokit/issues.opened.with-transfer.payload.json': 'TicketOpened',
    'github_octokit/issues.pinned.payload.json': 'ignored: an issue that was pinned: it moves no clock',
    'github_octokit/issues.reopened.payload.json': 'TicketReopened',
    'github_octokit/issues.transferred.payload.json': 'TicketClosed',
    'github_octokit/issues.unassigned.payload.json': 'TicketAssigned',
    'github_octokit/issues.unassigned.with-organization.payload.json': 'TicketAssigned',
    'github_octokit/issues.unlabeled.payload.json': 'ignored: a label that means no status',
    'github_octokit/issues.unlabeled.with-organization.payload.json': 'ignored: a label that means no status',
    'github_octokit/issues.unlocked.payload.json': 'ignored: an issue that was unlocked: it moves no clock',
    'github_octokit/issues.unlocked.with-organization.payload.json':
      'ignored: an issue that was unlocked: it moves no clock',
    'github_octokit/issues.unpinned.payload.json': 'ignored: an issue that was unpinned: it moves no clock',
    'github_octokit/projects_v2_item.archived.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/projects_v2_item.converted.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/projects_v2_item.created.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/projects_v2_item.edited.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/projects_v2_item.reordered.payload.json':
      'ignored: a comment or a project item: it is about no issue',
    'github_octokit/projects_v2_item.restored.payload.json':
      'ignored: a comment or a project item: it is about no issue',
  },
};
