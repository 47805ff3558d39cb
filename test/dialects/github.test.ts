/** GitHub's issues: what each action tells, and when it says it was. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../schemas/signal.ts';
import { githubSignal } from './github-samples.ts';
import { eventsOf, rejectionOf } from './signals.ts';
import { dialectOf } from './vendors.ts';
import { factLines } from './fact-lines.ts';

const github = (options: object = {}): Dialect => dialectOf('github', options);

describe('an issue', () => {
  it.each([
    ['opened', githubSignal('opened'), '2026-03-02 12:00:00 TicketOpened status=open customer=customer'],
    [
      'assigned',
      githubSignal('assigned', { assignees: [{ login: 'ada' }] }, { assignee: { login: 'ada' } }),
      'receipt TicketAssigned ada',
    ],
    [
      'unassigned, one is left',
      githubSignal('unassigned', { assignees: [{ login: 'bo' }] }),
      'receipt TicketAssigned bo',
    ],
    ['unassigned, nobody is left', githubSignal('unassigned'), 'receipt TicketAssigned unassigned'],
    [
      'closed as completed',
      githubSignal('closed', { closed_at: '2026-03-02T13:00:00Z', state_reason: 'completed' }),
      '2026-03-02 13:00:00 TicketResolved (completed)',
    ],
    [
      'closed as not planned',
      githubSignal('closed', { closed_at: '2026-03-02T13:00:00Z', state_reason: 'not_planned' }),
      '2026-03-02 13:00:00 TicketClosed (not_planned)',
    ],
    [
      'reopened, which keeps the time of its closing',
      githubSignal('reopened', { closed_at: '2026-03-02T13:00:00Z' }),
      'receipt TicketReopened',
    ],
    ['deleted', githubSignal('deleted'), 'receipt TicketClosed (deleted)'],
  ])('%s', (_, signal, line) => {
    expect(factLines(github().translate(signal), ['status', 'customer'])).toEqual([line]);
  });

  it('is named by its repository and number, and the fact by the delivery', () => {
    const [event] = eventsOf(github().translate(githubSignal('opened', {}, {}, 'guid-1')));
    expect(event).toMatchObject({ subject: 'ticket-octocat+hello+7', vendorId: 'guid-1' });
  });

  it('waits where a label says so, and no longer where it was taken off', () => {
    const dialect = github({ labels: { 'waiting for customer': 'pending' } });
    const label = { label: { name: 'Waiting for customer' } };
    expect(factLines(dialect.translate(githubSignal('labeled', {}, label)))).toEqual([
      'receipt TicketPended (Waiting for customer)',
    ]);
    expect(factLines(dialect.translate(githubSignal('unlabeled', {}, label)))).toEqual([
      'receipt TicketResumed',
    ]);
  });
});

describe('what moves no clock', () => {
  it.each([
    [githubSignal('pinned'), 'an issue that was pinned: it moves no clock'],
    [githubSignal('labeled', {}, { label: { name: 'bug' } }), 'a label that means no status'],
    [githubSignal('opened', { pull_request: {} }), 'a pull request'],
    [githubSignal('deleted', {}, { comment: {} }), 'a comment or a project item: it is about no issue'],
    [
      { ...githubSignal('opened'), fields: { 'x-github-event': 'ping' } },
      'the event ping: it is about no issue',
    ],
  ])('%#', (signal, because) => {
    expect(github().translate(signal)).toEqual({ status: 'ignored', because });
  });
});

describe('what cannot be understood', () => {
  it.each([
    [{ ...githubSignal('opened'), raw: '{' }, 'malformed', 'not JSON'],
    [githubSignal('closed'), 'missing-field', 'issue.closed_at is absent or empty'],
    [
      githubSignal('opened', { created_at: 'yesterday' }),
      'bad-time',
      'issue.created_at: "yesterday" is not written like',
    ],
    [githubSignal('opened', { number: undefined }), 'missing-field', 'issue.number is absent or empty'],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(github().translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});
