/** Messages of Jira, written after its documentation of webhooks, with an invented issue and what a dialect does not read left out. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const CATEGORIES: Readonly<Record<string, string>> = {
  'To Do': 'new',
  'Waiting for customer': 'indeterminate',
  'In Progress': 'indeterminate',
  Done: 'done',
  Closed: 'done',
};

export const jiraStatus = (name: string) => ({ name, statusCategory: { key: CATEGORIES[name] } });

const NOON = Date.UTC(2026, 2, 2, 12);

interface Parts {
  readonly items?: readonly object[];
  readonly fields?: object;
  readonly rest?: object;
  readonly at?: number;
  readonly changelogId?: string;
}

/** The issue DESK-7, whose id is 10040, opened at noon in New York's winter; a message of 12:00 UTC if nothing is said. */
export const jiraSignal = (
  webhookEvent: string,
  { items, fields = {}, rest = {}, at = NOON, changelogId = '10230' }: Parts = {},
): Signal =>
  signalOf(
    JSON.stringify({
      timestamp: at,
      webhookEvent: `jira:${webhookEvent}`,
      user: { accountId: '5c5f', timeZone: 'America/New_York' },
      issue: {
        id: '10040',
        key: 'DESK-7',
        fields: {
          status: jiraStatus('To Do'),
          priority: { name: 'High' },
          assignee: null,
          reporter: { accountId: '900' },
          resolution: null,
          issuetype: { name: 'Task' },
          project: { key: 'DESK' },
          created: '2026-03-02T06:59:59.971-0500',
          ...fields,
        },
      },
      ...(items === undefined ? {} : { changelog: { id: changelogId, items } }),
      ...rest,
    }),
    { 'x-atlassian-webhook-identifier': 'delivery-1' },
  );

/** One item of a changelog, as Jira's own fields are. */
export const jiraItem = (field: string, before: string | null, after: string | null) => ({
  field,
  fieldtype: 'jira',
  fieldId: field,
  from: before,
  fromString: before,
  to: after,
  toString: after,
});

export const jiraUpdate = (items: readonly object[], fields: object = {}, rest: object = {}): Signal =>
  jiraSignal('issue_updated', { items, fields, rest });

export const jiraSamples: readonly Signal[] = [
  jiraSignal('issue_created', { fields: { assignee: { accountId: '42' } } }),
  jiraUpdate([jiraItem('status', 'To Do', 'In Progress')], { status: jiraStatus('In Progress') }),
  jiraUpdate([jiraItem('resolution', null, 'Done'), jiraItem('status', 'In Progress', 'Done')], {
    status: jiraStatus('Done'),
  }),
  jiraUpdate([jiraItem('assignee', '42', null)]),
  jiraUpdate([jiraItem('labels', 'a', 'b')]),
  jiraSignal('issue_deleted'),
];

const status = (before: string, after: string) => jiraItem('status', before, after);
const resolution = (before: string | null, after: string | null) => jiraItem('resolution', before, after);

const STEPS: readonly (readonly [afterS: number, status: string, items: readonly object[]])[] = [
  [60, 'To Do', [jiraItem('assignee', null, 'ana')]],
  [600, 'Waiting for customer', [status('To Do', 'Waiting for customer')]],
  [1_200, 'In Progress', [status('Waiting for customer', 'In Progress')]],
  [1_800, 'Done', [status('In Progress', 'Done'), resolution(null, 'Done')]],
  [2_400, 'In Progress', [status('Done', 'In Progress'), resolution('Done', null)]],
  [3_000, 'Done', [status('In Progress', 'Done'), resolution(null, 'Done')]],
  [3_600, 'Closed', [status('Done', 'Closed')]],
];

/** Opened, assigned to ana, pending, open again, resolved, reopened, resolved and closed. */
export const scriptedTicket = (startMs: number): readonly Signal[] => [
  jiraSignal('issue_created', { at: startMs, fields: { created: new Date(startMs).toISOString() } }),
  ...STEPS.map(([afterS, name, items]) =>
    jiraSignal('issue_updated', {
      items,
      at: startMs + afterS * 1_000,
      changelogId: `scripted ${afterS}`,
      fields: { status: jiraStatus(name), assignee: { accountId: 'ana' } },
    }),
  ),
];
