/** Messages of GitHub, written after the payload examples of octokit/webhooks (MIT), with what a dialect does not read left out. */
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
