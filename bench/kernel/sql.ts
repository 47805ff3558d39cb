/**
 * The derivation as SQL: gaps and islands by window functions, as an engineer who knows DuckDB would write it.
 *
 * At one instant a stop comes before a start; with nothing open, both together are a point. Either way whether the
 * clock is open stays as it was: so the latest instant that has one of them alone decides.
 */
import type { RuleName } from './totals.ts';
import { STATUSES, TRAFFIC_TYPES, type TrafficType } from './traffic.ts';

interface Edges {
  readonly kind: 'call' | 'ticket';
  readonly start: readonly TrafficType[];
  readonly stop: readonly TrafficType[];
  readonly pause?: readonly TrafficType[];
  readonly resume?: readonly TrafficType[];
  readonly handOver?: TrafficType;
}

/** The same rules as in service-desk.yaml. */
const EDGES: Readonly<Record<Exclude<RuleName, 'ticket.agent-work'>, Edges>> = {
  'call.talk': {
    kind: 'call',
    start: ['CallConnected'],
    pause: ['CallHeld'],
    resume: ['CallResumed'],
    stop: ['CallEnded'],
    handOver: 'CallTransferred',
  },
  'call.hold': {
    kind: 'call',
    start: ['CallHeld'],
    stop: ['CallResumed', 'CallEnded'],
    handOver: 'CallTransferred',
  },
  'call.wrap-up': { kind: 'call', start: ['CallEnded'], stop: ['CallWrappedUp'] },
  'ticket.work': {
    kind: 'ticket',
    start: ['TicketOpened', 'TicketReopened'],
    pause: ['TicketPended'],
    resume: ['TicketResumed'],
    stop: ['TicketResolved', 'TicketClosed'],
    handOver: 'TicketAssigned',
  },
};
const RUN_WHILE = `status IN (${STATUSES.indexOf('new')}, ${STATUSES.indexOf('open')})`;

const code = (type: TrafficType): number => TRAFFIC_TYPES.indexOf(type);

const acts = (types: readonly TrafficType[]): string => {
  const mask = types.reduce((sum, type) => sum | (1 << code(type)), 0);
  return mask === 0 ? 'false' : `(acts & ${mask}) <> 0`;
};

const BEFORE = 'PARTITION BY subject ORDER BY at_ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING';

/** One row for each instant of a subject, with what is known of it by then. Made once for all rules of a kind. */
const CALL_INSTANTS = `
CREATE OR REPLACE TEMP TABLE call_instants AS
WITH told AS (
  SELECT subject, at_ms,
    bit_or(1::INTEGER << type::INTEGER) AS acts,
    arg_max(actor, n) AS someone,
    arg_max(actor, n) FILTER (type = ${code('CallTransferred')}) AS heir,
    min(actor) FILTER (type = ${code('CallConnected')}) AS "by_CallConnected",
    min(actor) FILTER (type = ${code('CallHeld')}) AS "by_CallHeld",
    min(actor) FILTER (type = ${code('CallEnded')}) AS "by_CallEnded"
  FROM facts
  WHERE is_call
  GROUP BY subject, at_ms
)
SELECT * EXCLUDE (someone),
  last_value(someone IGNORE NULLS) OVER (PARTITION BY subject ORDER BY at_ms ROWS UNBOUNDED PRECEDING) AS named
FROM told`;

const TICKET_INSTANTS = `
CREATE OR REPLACE TEMP TABLE ticket_instants AS
WITH told AS (
  SELECT subject, at_ms,
    bit_or(1::INTEGER << type::INTEGER) AS acts,
    arg_max(actor, n) AS someone,
    arg_max(actor, n) FILTER (type = ${code('TicketAssigned')}) AS heir,
    arg_max(status, n) AS told_status,
    arg_max_null(actor, n) FILTER (status IS NOT NULL) AS teller,
    min(actor) FILTER (type = ${code('TicketOpened')}) AS "by_TicketOpened",
    min(actor) FILTER (type = ${code('TicketReopened')}) AS "by_TicketReopened"
  FROM facts
  WHERE NOT is_call
  GROUP BY subject, at_ms
)
SELECT * EXCLUDE (someone, told_status),
  last_value(someone IGNORE NULLS) OVER so_far AS named,
  last_value(told_status IGNORE NULLS) OVER so_far AS status
FROM told
WINDOW so_far AS (PARTITION BY subject ORDER BY at_ms ROWS UNBOUNDED PRECEDING)`;

export const INSTANTS = [CALL_INSTANTS, TICKET_INSTANTS] as const;

/** Each row that acts lasts until the next one of its subject; without a next one it is an open end. */
const SUMMED = `
spans AS (
  SELECT *,
    lead(at_ms) OVER in_order AS until_ms,
    lead(closes) OVER in_order AS next_closes
  FROM acting
  WINDOW in_order AS (PARTITION BY subject ORDER BY at_ms)
)
SELECT coalesce(actor, -1)::INTEGER AS actor,
  coalesce(sum(until_ms - at_ms) FILTER (is_open AND NOT paused), 0)::DOUBLE AS "runningMs",
  coalesce(sum(until_ms - at_ms) FILTER (is_open AND paused), 0)::DOUBLE AS "pausedMs",
  count(*) FILTER (NOT is_open OR until_ms IS NULL OR next_closes)::DOUBLE AS "lines",
  count(*) FILTER (is_open AND until_ms IS NULL)::DOUBLE AS "tails"
FROM spans
WHERE is_open OR is_point
GROUP BY ALL`;

const edgesSql = ({ kind, start, stop, pause = [], resume = [], handOver }: Edges): string => {
  const all = [...start, ...stop, ...pause, ...resume, ...(handOver === undefined ? [] : [handOver])];
  return `
WITH edges AS (
  SELECT subject, at_ms, named,
    coalesce(${start.map((type) => `"by_${type}"`).join(', ')}) AS own,
    ${handOver === undefined ? 'NULL::SMALLINT' : 'heir'} AS heir,
    ${acts(start)} AS starts, ${acts(stop)} AS stops, ${acts(pause)} AS pauses, ${acts(resume)} AS resumes
  FROM ${kind}_instants
  WHERE ${acts(all)}
),
opened AS (
  SELECT *,
    coalesce(last_value(CASE WHEN starts <> stops THEN starts END IGNORE NULLS) OVER (${BEFORE}), false) AS was_open
  FROM edges
),
marked AS (
  SELECT *,
    CASE WHEN starts <> stops THEN starts ELSE was_open END AS is_open,
    starts AND (stops OR NOT was_open) AS opens,
    stops AND was_open AS closes,
    starts AND stops AND NOT was_open AS is_point,
    CASE
      WHEN starts AND NOT was_open THEN pauses
      WHEN stops OR resumes THEN false
      WHEN pauses THEN true
    END AS pause_mark,
    CASE
      WHEN starts AND NOT was_open THEN coalesce(heir, own, named)
      WHEN starts AND stops THEN coalesce(own, named)
      ELSE heir
    END AS actor_mark
  FROM opened
  WHERE was_open OR starts
),
known AS (
  SELECT *,
    last_value(pause_mark IGNORE NULLS) OVER before AS was_paused,
    last_value(actor_mark IGNORE NULLS) OVER before AS last_actor,
    coalesce(pause_mark, was_paused) AS paused,
    coalesce(actor_mark, last_actor) AS actor
  FROM marked
  WINDOW before AS (${BEFORE})
),
acting AS (
  SELECT subject, at_ms, is_open, is_point, closes, paused, actor
  FROM known
  WHERE opens OR closes OR paused <> was_paused OR (pauses AND resumes AND NOT paused)
    OR (heir IS NOT NULL AND (NOT paused OR heir IS DISTINCT FROM last_actor)) OR (starts AND NOT paused)
),${SUMMED}`;
};

const LEVEL_SQL = `
WITH levels AS (
  SELECT subject, at_ms, named, heir, teller, coalesce(${RUN_WHILE}, false) AS is_open
  FROM ticket_instants
),
turned AS (
  SELECT *, lag(is_open, 1, false) OVER (PARTITION BY subject ORDER BY at_ms) AS was_open
  FROM levels
),
marked AS (
  SELECT *,
    CASE WHEN NOT was_open THEN coalesce(heir, teller, named) ELSE heir END AS actor_mark
  FROM turned
  WHERE (is_open <> was_open) OR (is_open AND heir IS NOT NULL)
),
acting AS (
  SELECT subject, at_ms, is_open, false AS is_point, NOT is_open AS closes, false AS paused,
    last_value(actor_mark IGNORE NULLS) OVER (PARTITION BY subject ORDER BY at_ms) AS actor
  FROM marked
),${SUMMED}`;

export const ruleSql = (rule: RuleName): string =>
  rule === 'ticket.agent-work' ? LEVEL_SQL : edgesSql(EDGES[rule]);

/** The table of facts, in the order of the columns. */
export const factsSql = (csv: string): string => `
CREATE TABLE facts AS
SELECT * FROM read_csv('${csv}', header = false, columns = {
  'n': 'INTEGER', 'subject': 'INTEGER', 'is_call': 'BOOLEAN', 'at_ms': 'BIGINT',
  'type': 'UTINYINT', 'actor': 'SMALLINT', 'status': 'UTINYINT'
})`;
