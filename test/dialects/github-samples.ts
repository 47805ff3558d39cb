/** Messages of GitHub, written after the payload examples of octokit/webhooks (MIT), with what a dialect does not read left out. */
import { instantMs } from '../../schemas/brand.ts';
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

/** An issue of octocat/hello, opened at 12:00 and changed where the test cares. */
export const githubSignal = (
  action: string,
  issue: object = {},
  rest: object = {},
  delivery = action,
): Signal =>
  signalOf(
    JSON.stringify({
      action,
      issue: {
        number: 7,
        state: 'open',
        created_at: '2026-03-02T12:00:00Z',
        updated_at: '2026-03-02T12:00:00Z',
        closed_at: null,
        user: { login: 'customer' },
        assignees: [],
        ...issue,
      },
      repository: { full_name: 'octocat/hello' },
      sender: { login: 'somebody' },
      ...rest,
    }),
    { 'x-github-event': 'issues', 'x-github-delivery': delivery },
  );

export const githubSamples: readonly Signal[] = [
  githubSignal('opened'),
  githubSignal('assigned', { assignees: [{ login: 'ada' }] }, { assignee: { login: 'ada' } }),
  githubSignal('closed', { closed_at: '2026-03-02T13:00:00Z', state_reason: 'completed' }),
  githubSignal('pinned'),
];

/** Of an issue whose label says that it waits; only opening and closing have a time of their own. */
export const scriptedTicket = (startMs: number): readonly Signal[] => {
  const iso = (seconds: number): string => new Date(startMs + seconds * 1_000).toISOString();
  const label = { label: { name: 'waiting' } };
  const ana = { assignees: [{ login: 'ana' }] };
  const at = (seconds: number, action: string, issue: object = {}, rest: object = {}): Signal => ({
    ...githubSignal(action, { created_at: iso(0), ...issue }, rest, `${action}-${seconds}`),
    receivedAt: instantMs(startMs + seconds * 1_000),
  });
  const closed = (seconds: number): Signal =>
    at(seconds, 'closed', { ...ana, closed_at: iso(seconds), state_reason: 'completed' });
  return [
    at(0, 'opened'),
    at(60, 'assigned', ana, { assignee: { login: 'ana' } }),
    at(600, 'labeled', ana, label),
    at(1_200, 'unlabeled', ana, label),
    closed(1_800),
    at(2_400, 'reopened', { ...ana, closed_at: iso(1_800) }),
    closed(3_000),
  ];
};
