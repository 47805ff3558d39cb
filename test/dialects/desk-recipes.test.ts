/** One ticket as each help desk tells it, under the recipe of that vendor: the times that a person works out by hand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Plan, answer, byFactOrder, compile } from '../../engine/index.ts';
import { eventId } from '../../schemas/brand.ts';
import { type TickmarkEvent, stampDraft } from '../../schemas/event.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import type { Dialect, Signal } from '../../schemas/signal.ts';
import { eventIdOf } from '../../adapters/event-id.ts';
import { pageAt } from '../docs/page.ts';
import { ROOT } from '../house/tree.ts';
import { scriptedTicket as chatwootTicket } from './chatwoot-samples.ts';
import { jiraItem, jiraSignal, jiraStatus, scriptedTicket as jiraTicket } from './jira-samples.ts';
import { paused, scriptedTicket as servicenowTicket, visit } from './servicenow-samples.ts';
import { eventsOf } from './signals.ts';
import { dialectOf } from './vendors.ts';
import { scriptedTicket as zammadTicket } from './zammad-samples.ts';
import { scriptedTicket as zendeskTicket } from './zendesk-samples.ts';

/** A Monday, ten o'clock in every calendar of these recipes. */
const START = Date.UTC(2026, 2, 2, 10);

const planOf = (text: string): Plan => {
  const compiled = compile(RuleSet.parse(parse(text)));
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.plan;
};

const recipe = (name: string): Plan => planOf(readFileSync(`${ROOT}/rules/${name}.yaml`, 'utf8'));

const factsOf = (dialect: Dialect, signals: readonly Signal[]): readonly TickmarkEvent[] =>
  signals
    .flatMap((signal) =>
      eventsOf(dialect.translate(signal)).map((draft) =>
        stampDraft(draft, {
          id: eventId(eventIdOf('desk', draft)),
          source: 'desk',
          recordedAt: signal.receivedAt,
          dialect: dialect.name,
          signalHash: '0'.repeat(64),
        }),
      ),
    )
    .filter((fact, index, all) => all.findIndex(({ id }) => id === fact.id) === index)
    .sort(byFactOrder);

/** `measure cycle person seconds`, in the order of the text. */
const counted = (plan: Plan, vendor: string, signals: readonly Signal[]): readonly string[] =>
  answer(plan, factsOf(dialectOf(vendor), signals))
    .map(({ measure, cycle, actor, countedMs }) => `${measure} ${cycle} ${actor} ${countedMs / 1_000}`)
    .sort();

describe('the ticket under the rules that hold for everybody', () => {
  // ana has it from +60 s: 540 s until it waits, 600 s after that, and 600 s once it is reopened.
  it.each([
    ['zendesk', zendeskTicket],
    ['jira', jiraTicket],
    ['servicenow', servicenowTicket],
    ['chatwoot', chatwootTicket],
  ])('as %s tells it', (vendor, ticketOf) => {
    expect(
      counted(recipe('standard'), vendor, ticketOf(START)).filter((line) => line.includes(' ana ')),
    ).toEqual(['work 1 ana 1140', 'work 2 ana 600']);
  });
});

const times = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/ \S+ (\S+)$/, ' $1'));

describe('the ticket under the recipe of its vendor', () => {
  it('is worked on and waited for as Zendesk counts it', () => {
    // Open 0-600, pending -1200, open -1800, solved -2400, open -3000, solved: 600 + 600, then 600; the last solved at 3000.
    expect(times(counted(recipe('zendesk-metrics'), 'zendesk', zendeskTicket(START)))).toEqual([
      'agent-wait 1 600',
      'agent-work 1 1200',
      'agent-work 2 600',
      'first-resolution 1 1800',
      'full-resolution 1 3000',
      'requester-wait 1 1200',
      'requester-wait 2 600',
    ]);
  });

  it('has the cycles of Jira', () => {
    // The first answer is the status Waiting for customer at 600, whose category is indeterminate: in progress 600-1800.
    expect(times(counted(recipe('jira-sla'), 'jira', jiraTicket(START)))).toEqual([
      'first-response 1 600',
      'first-response 2 600',
      'in-progress 1 1200',
      'in-progress 2 600',
      'resolution 1 1200',
      'resolution 2 600',
    ]);
  });

  it('has the task SLA of ServiceNow for each who had it', () => {
    // Nobody has it for a minute; ana 60-600 and 1200-1800, then 2400-3000. All of it lies within the schedule.
    expect(counted(recipe('servicenow-sla'), 'servicenow', servicenowTicket(START))).toEqual([
      'business 1 ana 1140',
      'business 1 unassigned 60',
      'business 2 ana 600',
      'wall 1 ana 1140',
      'wall 1 unassigned 60',
      'wall 2 ana 600',
    ]);
  });

  it('is ana’s while it is open, by the rules of the page about Zammad, which look at no step', () => {
    const [rules] = pageAt('docs/sources/zammad.md').blocks.filter(({ text }) => text.startsWith('ruleSet'));
    expect(counted(planOf(rules?.text ?? ''), 'zammad', zammadTicket(START))).toEqual([
      'work 1 ana 1140',
      'work 2 ana 600',
    ]);
  });
});

describe('what was really done', () => {
  it('was 78.468 s of progress in an issue of Jira, whose webhooks have these instants', () => {
    const [todo, progress, done] = ['To Do', 'In Progress', 'Done'];
    const update = (at: number, before: string, after: string, more: readonly object[] = []): Signal =>
      jiraSignal('issue_updated', {
        at,
        changelogId: String(at),
        items: [...more, jiraItem('status', before, after)],
        fields: { status: jiraStatus(after), priority: { name: 'Highest' } },
      });
    const signals = [
      jiraSignal('issue_created', {
        fields: { created: '2019-02-15T19:01:52.971-0800', priority: { name: 'Highest' } },
      }),
      update(1_550_286_862_039, todo, progress),
      update(1_550_286_940_507, progress, done, [jiraItem('resolution', null, done)]),
    ];
    // 03:01:52.971 to 03:15:40.507 are 827.536 s; it was a Saturday, so that only the goal without hours counts.
    expect(times(counted(recipe('jira-sla'), 'jira', signals))).toEqual([
      'first-response 1 0',
      'in-progress 1 78.468',
      'resolution 1 827.536',
    ]);
  });

  it('was a journey of 50 min and 50 min on site, less ten, in a visit of ServiceNow', () => {
    const signals = [
      visit({ work_end: '2026-03-02 10:00:00', state: '3' }),
      paused('pause', '2026-03-02 09:20:00'),
      paused('resume', '2026-03-02 09:30:00'),
    ];
    // Travel 08:10-09:00; on site 09:00-10:00 with 09:20-09:30 paused.
    const records = answer(recipe('standard'), factsOf(dialectOf('servicenow'), signals));
    expect(
      records.map(({ rule, actor, countedMs }) => `${rule} ${actor} ${countedMs / 60_000}`).sort(),
    ).toEqual(['visit.on-site u42 50', 'visit.travel u42 50']);
  });
});
