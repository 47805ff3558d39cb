/**
 * The derivation as SQL: gaps and islands by window functions, as an engineer who knows DuckDB would write it.
 *
 * At one instant a stop comes before a start; with nothing open, both together are a point. Either way whether the
 * clock is open stays as it was: so the latest instant that has one of them alone decides.
 *
 * What a start needs before it must have come since the last event that could start. That is what the kernel does, unless
 * the clock still ran when such an event came: then what it needs was not used up. Such traffic would make the totals
 * differ.
 */
import { type DeskRule, RULES, SKEW_MS } from './recipe.ts';
import { TRAFFIC_KINDS, TRAFFIC_TYPES, type TrafficKind, type TrafficType } from './traffic.ts';

const code = (type: TrafficType): number => TRAFFIC_TYPES.indexOf(type);

const acts = (types: readonly TrafficType[]): string => {
  const mask = types.reduce((sum, type) => sum | (1 << code(type)), 0);
  return mask === 0 ? 'false' : `(acts & ${mask}) <> 0`;
};

/** Whom the first of these names. Who merges two tickets is not told. */
const namedBy = (types: readonly TrafficType[]): string =>
  `coalesce(NULL, ${types
    .filter((type) => type !== 'SubjectMerged')
    .map((type) => `"by_${type}"`)
    .join(', ')})`;

const BEFORE = 'PARTITION BY subject ORDER BY at_ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING';

/** Types of which it matters whom they name: what starts or stops a clock of the kind. */
const namingTypes = (own: readonly DeskRule[]): readonly TrafficType[] => {
  const types = new Set(own.flatMap(({ start, stop }) => [...start, ...stop]));
  types.delete('SubjectMerged');
  return [...types];
};

const heirSql = (own: readonly DeskRule[]): string => {
  const types = [...new Set(own.flatMap(({ handOver }) => handOver))].map(code);
  return `arg_max(actor, n) FILTER (type IN (${types.join(', ')}))`;
};

/** One row for each instant of a subject, with what is known of it by then. Made once for all rules of a kind. */
export const instantsSql = (kind: TrafficKind): string => {
  const own = RULES.filter((rule) => rule.kind === kind);
  const naming = namingTypes(own).map((type) => `min(actor) FILTER (type = ${code(type)}) AS "by_${type}"`);
  return `
CREATE OR REPLACE TEMP TABLE ${kind}_instants AS
WITH told AS (
  SELECT subject, at_ms,
    bit_or(1::INTEGER << type::INTEGER) AS acts,
    arg_max(actor, n) AS someone,
    ${heirSql(own)} AS heir,
    ${naming.join(',\n    ')}
  FROM facts
  WHERE kind = ${TRAFFIC_KINDS.indexOf(kind)}
  GROUP BY subject, at_ms
)
SELECT * EXCLUDE (someone),
  last_value(someone IGNORE NULLS) OVER (PARTITION BY subject ORDER BY at_ms ROWS UNBOUNDED PRECEDING) AS named
FROM told`;
};

/** Whether something starts: at once, or only if what it needs has come since the last event that could start. */
const startsSql = ({ start, after }: DeskRule): string =>
  after.length === 0
    ? acts(start)
    : `${acts(start)} AND (${acts(after)} OR coalesce(
        last_value(CASE WHEN ${acts([...start, ...after])} THEN ${acts(after)} END IGNORE NULLS) OVER (${BEFORE}), false))`;

/** What the instants do to the clock of a rule, and whether it was open before them. */
const openedSql = (rule: DeskRule): string => {
  const { kind, start, after, stop, pause, resume, handOver } = rule;
  return `
edges AS (
  SELECT subject, at_ms, named,
    ${namedBy(start)} AS own, ${namedBy(stop)} AS ender,
    ${handOver.length === 0 ? 'NULL::SMALLINT' : 'heir'} AS heir,
    ${startsSql(rule)} AS starts, ${acts(stop)} AS stops, ${acts(pause)} AS pauses, ${acts(resume)} AS resumes
  FROM ${kind}_instants
  WHERE ${acts([...start, ...after, ...stop, ...pause, ...resume, ...handOver])}
),
opened AS (
  SELECT *,
    coalesce(last_value(CASE WHEN starts <> stops THEN starts END IGNORE NULLS) OVER before, false) AS was_open,
    coalesce(last_value(CASE WHEN starts THEN true END IGNORE NULLS) OVER before, false) AS ever_opened
  FROM edges
  WINDOW before AS (${BEFORE})
),
orphans AS (
  SELECT subject, at_ms, ender AS actor, NOT ever_opened AS is_early
  FROM opened
  WHERE stops AND NOT starts AND NOT was_open
)`;
};

/** What of a clock's instants turns it, and from there on whose it is and whether it is paused. */
const actingSql = ({ pause }: DeskRule): string => `
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
    ${pause.length === 0 ? 'false' : 'last_value(pause_mark IGNORE NULLS) OVER before'} AS was_paused,
    last_value(actor_mark IGNORE NULLS) OVER before AS last_actor,
    ${pause.length === 0 ? 'false' : 'coalesce(pause_mark, was_paused)'} AS paused,
    coalesce(actor_mark, last_actor) AS actor
  FROM marked
  WINDOW before AS (${BEFORE})
),
acting AS (
  SELECT subject, at_ms, is_open, is_point, opens, closes, paused, actor
  FROM known
  WHERE opens OR closes OR paused <> was_paused OR (pauses AND resumes AND NOT paused)
    OR (heir IS NOT NULL AND (NOT paused OR heir IS DISTINCT FROM last_actor)) OR (starts AND NOT paused)
)`;

/**
 * Each row that acts lasts until the next one of its subject; without a next one it is an open end. If nothing but the
 * start of that is known, an end that came a little too early is its end.
 */
const SUMMED = `
spans AS (
  SELECT *,
    lead(at_ms) OVER in_order AS until_ms,
    lead(closes) OVER in_order AS next_closes
  FROM acting
  WINDOW in_order AS (PARTITION BY subject ORDER BY at_ms)
),
early AS (
  SELECT subject, max(at_ms) AS early_ms
  FROM orphans
  WHERE is_early
  GROUP BY subject
),
found AS (
  SELECT subject, early_ms
  FROM spans JOIN early USING (subject)
  WHERE is_open AND opens AND NOT paused AND until_ms IS NULL AND at_ms - early_ms <= ${SKEW_MS}
),
summed AS (
  SELECT actor,
    sum(until_ms - at_ms) FILTER (is_open AND NOT paused) AS running_ms,
    sum(until_ms - at_ms) FILTER (is_open AND paused) AS paused_ms,
    count(*) FILTER (NOT is_open OR until_ms IS NULL OR next_closes) AS lines,
    count(*) FILTER (is_open AND until_ms IS NULL AND subject NOT IN (SELECT subject FROM found)) AS tails,
    0 AS orphans
  FROM spans
  WHERE is_open OR is_point
  GROUP BY actor
  UNION ALL
  SELECT actor, 0, 0, 0, 0, count(*)
  FROM orphans
  WHERE (subject, at_ms) NOT IN (SELECT (subject, early_ms) FROM found)
  GROUP BY actor
)
SELECT coalesce(actor, -1)::INTEGER AS actor,
  coalesce(sum(running_ms), 0)::DOUBLE AS "runningMs",
  coalesce(sum(paused_ms), 0)::DOUBLE AS "pausedMs",
  sum(lines)::DOUBLE AS "lines",
  sum(tails)::DOUBLE AS "tails",
  sum(orphans)::DOUBLE AS "orphans"
FROM summed
GROUP BY actor`;

export const ruleSql = (rule: DeskRule): string => `
WITH ${[openedSql(rule), actingSql(rule), SUMMED].join(',')}`;

/** The table of facts, in the order of the columns. */
export const factsSql = (csv: string): string => `
CREATE TABLE facts AS
SELECT * FROM read_csv('${csv}', header = false, columns = {
  'n': 'INTEGER', 'subject': 'INTEGER', 'kind': 'UTINYINT', 'at_ms': 'BIGINT', 'type': 'UTINYINT', 'actor': 'SMALLINT'
})`;
