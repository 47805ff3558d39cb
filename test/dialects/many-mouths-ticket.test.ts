/**
 * One ticket, told by every help desk: opened, taken by ana after 60 s, waiting from 600 to 1,200 s, resolved at 1,800,
 * opened again at 2,400 and resolved at 3,000 s. The same records, whether a desk tells steps or statuses; what has no
 * time of its own is inferred.
 */
import { describe, expect, it } from 'vitest';
import { actorId } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { Signal } from '../../schemas/signal.ts';
import type { Source } from '../../schemas/source.ts';
import { scriptedTicket as chatwootTicket } from './chatwoot-samples.ts';
import { deliver, serviceDesk, spoken } from './corridor.ts';
import { scriptedTicket as freshdeskTicket } from './freshdesk-samples.ts';
import { scriptedTicket as githubTicket } from './github-samples.ts';
import { scriptedTicket as hubspotTicket } from './hubspot-samples.ts';
import { scriptedTicket as intercomTicket } from './intercom-samples.ts';
import { scriptedTicket as jiraTicket } from './jira-samples.ts';
import { scriptedTicket as salesforceTicket } from './salesforce-samples.ts';
import { scriptedTicket as servicenowTicket } from './servicenow-samples.ts';
import { dialectOf } from './vendors.ts';
import { scriptedTicket as zammadTicket } from './zammad-samples.ts';
import { scriptedTicket as zendeskTicket } from './zendesk-samples.ts';

/** A Monday, 10:00 in Berlin, in the desk's hours. */
const START_MS = Date.UTC(2026, 2, 2, 9);

interface Desk {
  readonly vendor: string;
  readonly tell: (startMs: number) => readonly Signal[];
  readonly options?: object;
  readonly people?: Source['people'];
}

const DESKS: readonly Desk[] = [
  { vendor: 'chatwoot', tell: chatwootTicket },
  { vendor: 'freshdesk', tell: freshdeskTicket },
  { vendor: 'github', tell: githubTicket, options: { labels: { waiting: 'pending' } } },
  { vendor: 'hubspot', tell: hubspotTicket },
  { vendor: 'intercom', tell: intercomTicket },
  { vendor: 'jira', tell: jiraTicket },
  { vendor: 'salesforce', tell: salesforceTicket, people: { '005ana': actorId('ana') } },
  { vendor: 'servicenow', tell: servicenowTicket },
  { vendor: 'zammad', tell: zammadTicket },
  { vendor: 'zendesk', tell: zendeskTicket },
];

/** They tell some facts without a time: the records that these bound are not observed. */
const WITHOUT_TIMES = new Set(['freshdesk', 'github']);

const recordsOf = async ({ vendor, tell, options, people }: Desk): Promise<readonly TimeRecord[]> => {
  const { records, letters } = await deliver(
    spoken(dialectOf(vendor, options), people),
    [tell(START_MS)],
    await serviceDesk(),
  );
  expect(letters).toEqual([]);
  return records.filter(({ rule }) => rule === 'ticket.resolution');
};

describe.each(DESKS)('the ticket as $vendor tells it', (desk) => {
  it("is ana's for 1,140 s and, opened again, for 600 s", async () => {
    const told = (await recordsOf(desk)).map(
      ({ cycle, actor, countedMs }) => `cycle ${cycle} ${actor} ${countedMs / 1_000} s`,
    );
    expect(told).toEqual(['cycle 1 ana 1140 s', 'cycle 2 ana 600 s', 'cycle 1 unassigned 60 s'].toSorted());
  });

  it('is observed as far as the desk tells when it was', async () => {
    const all = await recordsOf(desk);
    const isObserved = all.every(({ gradesMs, countedMs }) => gradesMs.observed === countedMs);
    expect(isObserved).toBe(!WITHOUT_TIMES.has(desk.vendor));
  });
});
