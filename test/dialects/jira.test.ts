/** Jira's issues, of Cloud and of Server: what each message tells, and when it says it was. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../schemas/signal.ts';
import { factLines } from './fact-lines.ts';
import { jiraItem, jiraSamples, jiraSignal, jiraStatus, jiraUpdate } from './jira-samples.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const jira = (options: object = {}): Dialect => dialectOf('jira', options);
const SHOWN = ['status', 'category', 'meaning', 'priority', 'customer'];

describe('an issue', () => {
  it.each([
    [
      'created, by the offset without a colon, and not by the zone of who did it',
      jiraSignal('issue_created'),
      [
        '2026-03-02 11:59:59.971 TicketOpened status=To Do category=new meaning=new priority=High customer=900',
      ],
    ],
    [
      'created with an assignee on Server, where people have a name',
      jiraSignal('issue_created', {
        fields: { assignee: { name: 'ada', key: 'JIRAUSER1' }, reporter: { name: 'bo', key: 'bo' } },
      }),
      [
        '2026-03-02 11:59:59.971 TicketOpened status=To Do category=new meaning=new priority=High customer=bo',
        '2026-03-02 11:59:59.971 TicketAssigned ada',
      ],
    ],
    [
      'in progress',
      jiraUpdate([jiraItem('status', 'To Do', 'In Progress')], { status: jiraStatus('In Progress') }),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [In Progress] category=indeterminate meaning=open priority=High',
      ],
    ],
    [
      'waiting for the customer',
      jiraUpdate([jiraItem('status', 'In Progress', 'Waiting for customer')], {
        status: jiraStatus('Waiting for customer'),
      }),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [Waiting for customer] category=indeterminate meaning=pending priority=High',
        '2026-03-02 12:00:00 TicketPended (Waiting for customer)',
      ],
    ],
    [
      'done: the resolution is the sign, and not the status',
      jiraUpdate([jiraItem('resolution', null, 'Fixed'), jiraItem('status', 'In Progress', 'Done')], {
        status: jiraStatus('Done'),
      }),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [Done] category=done meaning=resolved priority=High',
        '2026-03-02 12:00:00 TicketResolved (Fixed)',
      ],
    ],
    [
      'done without a resolution',
      jiraUpdate([jiraItem('status', 'In Progress', 'Done')], { status: jiraStatus('Done') }),
      ['2026-03-02 12:00:00 TicketStatusChanged [Done] category=done meaning=resolved priority=High'],
    ],
    [
      'resolved with nothing but the resolution in its changelog',
      jiraUpdate([jiraItem('resolution', null, 'Done')], { status: jiraStatus('Done') }),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [Done] category=done meaning=resolved priority=High',
        '2026-03-02 12:00:00 TicketResolved (Done)',
      ],
    ],
    [
      'reopened',
      jiraUpdate([jiraItem('resolution', 'Done', null), jiraItem('status', 'Done', 'To Do')]),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [To Do] category=new meaning=new priority=High',
        '2026-03-02 12:00:00 TicketReopened',
      ],
    ],
    [
      'of another resolution: it was resolved before',
      jiraUpdate([jiraItem('resolution', 'Done', 'Duplicate')], { status: jiraStatus('Done') }),
      ['2026-03-02 12:00:00 TicketStatusChanged [Done] category=done meaning=resolved priority=High'],
    ],
    [
      'closed after it was resolved: no second completion',
      jiraUpdate([jiraItem('status', 'Done', 'Closed')], { status: jiraStatus('Closed') }),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [Closed] category=done meaning=closed priority=High',
        '2026-03-02 12:00:00 TicketClosed (Closed)',
      ],
    ],
    [
      'whose status is another one by now: the category is of that one',
      jiraUpdate([jiraItem('status', 'To Do', 'In Progress')], { status: jiraStatus('Done') }),
      ['2026-03-02 12:00:00 TicketStatusChanged [In Progress] priority=High'],
    ],
    [
      'of another priority',
      jiraUpdate([jiraItem('priority', 'High', 'Low')], { priority: { name: 'Low' } }),
      ['2026-03-02 12:00:00 TicketStatusChanged [To Do] category=new meaning=new priority=Low'],
    ],
    ['deleted', jiraSignal('issue_deleted'), ['2026-03-02 12:00:00 TicketClosed (deleted)']],
  ])('%s', (_, signal, lines) => {
    expect(factLines(jira().translate(signal), SHOWN)).toEqual(lines);
  });

  it('is known by the number that it keeps, and an update by its changelog', () => {
    const [event] = eventsOf(jira().translate(jiraUpdate([jiraItem('assignee', null, '42')])));
    expect(event).toMatchObject({ subject: 'ticket-10040', vendorId: 'changelog/10230' });
  });

  it('has an update known by its delivery where there is no changelog id', () => {
    const rest = { changelog: { items: [jiraItem('assignee', null, '42')] } };
    const [event] = eventsOf(jira().translate(jiraSignal('issue_updated', { rest })));
    expect(event?.vendorId).toBe('delivery/delivery-1');
  });

  it('waits in a status of which the options say so, and no longer after it', () => {
    const dialect = jira({ statuses: { blocked: 'pending' } });
    const after = jiraUpdate([jiraItem('status', 'Blocked', 'In Progress')], {
      status: jiraStatus('In Progress'),
    });
    expect(factLines(dialect.translate(after), [])).toEqual([
      '2026-03-02 12:00:00 TicketStatusChanged [In Progress]',
      '2026-03-02 12:00:00 TicketResumed',
    ]);
  });
});

describe('an assignment', () => {
  const assigned = (item: object, assignee: object | null): readonly string[] =>
    factLines(jira().translate(jiraUpdate([item], { assignee })));

  it.each([
    [
      'by an old key of Cloud is told by the account',
      jiraItem('assignee', null, 'admin'),
      { accountId: '5c5f', name: 'admin', key: 'admin' },
      '5c5f',
    ],
    [
      'that is another by now is told by the changelog',
      { ...jiraItem('assignee', null, 'ada'), tmpToAccountId: '42' },
      { accountId: '5c5f', name: 'admin' },
      '42',
    ],
    [
      'on Server is told by the name',
      jiraItem('assignee', null, 'JIRAUSER1'),
      { name: 'ada', key: 'JIRAUSER1' },
      'ada',
    ],
    ['to nobody', jiraItem('assignee', 'admin', null), null, 'unassigned'],
  ])('%s', (_, item, assignee, actor) => {
    expect(assigned(item, assignee)).toEqual([`2026-03-02 12:00:00 TicketAssigned ${actor}`]);
  });

  it('whose item has no toString of its own is to nobody, and not to a function', () => {
    const { toString: _, to: __, ...item } = jiraItem('assignee', 'admin', null);
    expect(assigned(item, null)).toEqual(['2026-03-02 12:00:00 TicketAssigned unassigned']);
    const { toString: ___, to: ____, ...cleared } = jiraItem('resolution', 'Done', null);
    expect(factLines(jira().translate(jiraUpdate([cleared]))).at(-1)).toBe(
      '2026-03-02 12:00:00 TicketReopened',
    );
  });

  it('with an empty changelog is told by its name', () => {
    const rest = { issue_event_type_name: 'issue_assigned' };
    const signal = jiraUpdate([], { assignee: { accountId: '789012' } }, rest);
    expect(factLines(jira().translate(signal))).toEqual(['2026-03-02 12:00:00 TicketAssigned 789012']);
  });
});

describe('what moves no clock', () => {
  const NO_UPDATE = 'an update of neither status, resolution, priority nor assignee';
  it.each([
    [jiraUpdate([jiraItem('labels', 'a', 'b')]), NO_UPDATE],
    [jiraUpdate([{ ...jiraItem('Priority', '1', '2'), fieldtype: 'custom' }]), NO_UPDATE],
    [jiraSignal('issue_updated', { rest: { issue_event_type_name: 'issue_commented' } }), NO_UPDATE],
    [
      signalOf('{"webhookEvent":"comment_created","comment":{}}'),
      'the event comment_created: it changes no issue',
    ],
    [
      signalOf('{"webhookEvent":"worklog_updated","worklog":{}}'),
      'the event worklog_updated: it changes no issue',
    ],
  ])('%#', (signal, because) => {
    expect(jira().translate(signal)).toEqual({ status: 'ignored', because });
  });
});

describe('what cannot be understood', () => {
  it.each([
    [signalOf('{'), 'malformed', 'not JSON'],
    [signalOf('{}'), 'missing-field', 'webhookEvent is absent or empty'],
    [
      jiraSignal('issue_created', { fields: { created: null } }),
      'missing-field',
      'issue.fields.created is absent or empty',
    ],
    [
      jiraSignal('issue_updated', { at: 1_550_286_862 }),
      'bad-time',
      'timestamp: "1550286862" read as milliseconds',
    ],
    [jiraSignal('issue_deleted', { rest: { issue: {} } }), 'missing-field', 'issue.id is absent or empty'],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(jira().translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});

describe('a second delivery', () => {
  it('tells the same, whenever it comes', () => {
    for (const signal of jiraSamples) {
      const later = { ...signal, receivedAt: signal.receivedAt + 60_000 } as typeof signal;
      expect(jira().translate(later)).toEqual(jira().translate(signal));
    }
  });
});
