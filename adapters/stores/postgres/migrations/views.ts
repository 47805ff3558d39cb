/** 0002: the views for people who ask with SQL; docs/postgres.md tells what is in them. */

/** Written out, because a migration stays what it was when the words of the schemas go on. */
const GRADES = ['observed', 'inferred', 'declared', 'assumed', 'unknown'];
const METHODS = ['auto', 'manual', 'preset', 'adjustment'];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const gradeColumns = (body: string): string =>
  GRADES.map((grade) => `(${body} #>> '{gradesMs,${grade}}')::bigint AS ${grade}_ms`).join(',\n    ');

const number = (body: string, field: string, column: string): string =>
  `(${body} ->> '${field}')::bigint AS ${column}`;

const tallyColumns = (body: string): string =>
  [
    number(body, 'records', 'records'),
    number(body, 'overlapping', 'overlapping'),
    number(body, 'sumMs', 'sum_ms'),
    number(body, 'unionMs', 'union_ms'),
    number(body, 'roundedMs', 'rounded_ms'),
    number(body, 'attributedMs', 'attributed_ms'),
    gradeColumns(body),
    ...METHODS.map((method) => `(${body} #>> '{methodsMs,${method}}')::bigint AS ${method}_ms`),
  ].join(',\n    ');

const dayColumns = (body: string): string =>
  DAYS.map((day, index) => `(${body} #>> '{daysMs,${index}}')::bigint AS ${day}_ms`).join(',\n    ');

/**
 * `readable`: a body as jsonb, which knows neither the character 0 nor half a surrogate pair: both become U+FFFD. A backslash that
 * is itself escaped begins no escape.
 * `instant`: milliseconds as a moment; what lies outside PostgreSQL's calendar is infinitely far away.
 * OFFSET 0 keeps a body from being parsed once for each column.
 */
export const VIEWS = `
  CREATE FUNCTION readable(body text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
      WHEN strpos(body, '\\u') = 0 THEN body
      ELSE regexp_replace(body, '(?<!\\\\)((?:\\\\\\\\)*)\\\\u(0000|d[89a-f][0-9a-f]{2})', '\\1\\\\ufffd', 'g')
    END::jsonb
  $$;
  CREATE FUNCTION instant(ms bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
      WHEN ms < -210866803200000 THEN '-infinity'::timestamptz
      ELSE to_timestamp(ms::double precision / 1000)
    END
  $$;

  CREATE VIEW :views.time_record AS
  SELECT
    r.id, r.subject, r.actor, r.measure, r.kind, r.status,
    b.body ->> 'rule' AS rule,
    (b.body ->> 'cycle')::integer AS cycle,
    b.body ->> 'method' AS method,
    :tables.instant(r.from_ms) AS started_at,
    :tables.instant(r.to_ms) AS ended_at,
    :tables.instant(r.tail_from_ms) AS open_since,
    :tables.instant(r.closes_at_ms) AS closes_at,
    ${number('b.body', 'countedMs', 'counted_ms')},
    ${number('b.body', 'roundedMs', 'rounded_ms')},
    round((b.body ->> 'countedMs')::numeric / 1000, 3) AS counted_seconds,
    ${gradeColumns('b.body')},
    b.body -> 'attributes' AS attributes,
    b.body -> 'spans' AS spans,
    b.body -> 'subtracted' AS subtracted,
    coalesce(b.body -> 'flags', '[]') AS flags,
    (b.body ->> 'facts')::integer AS facts
  FROM :tables.time_record r
  CROSS JOIN LATERAL (SELECT :tables.readable(r.body) AS body OFFSET 0) b;

  CREATE VIEW :views.weekly_report AS
  SELECT
    w.week, to_date(w.week, 'IYYY-"W"IW') AS week_starts, w.actor, b.body ->> 'team' AS team, w.measure,
    ${tallyColumns(`(b.body #> '{all,tally}')`)},
    ${dayColumns(`(b.body -> 'all')`)}
  FROM :tables.person_week w
  CROSS JOIN LATERAL (SELECT :tables.readable(w.body) AS body OFFSET 0) b;

  CREATE VIEW :views.weekly_report_by_kind AS
  SELECT
    w.week, to_date(w.week, 'IYYY-"W"IW') AS week_starts, w.actor, b.body ->> 'team' AS team, w.measure, k.kind,
    ${tallyColumns(`(k.body -> 'tally')`)},
    ${dayColumns('k.body')}
  FROM :tables.person_week w
  CROSS JOIN LATERAL (SELECT :tables.readable(w.body) AS body OFFSET 0) b
  CROSS JOIN LATERAL jsonb_each(b.body -> 'kinds') AS k (kind, body);

  CREATE VIEW :views.finding AS
  SELECT
    :tables.instant(f.at_ms) AS found_at, f.code, b.body ->> 'actor' AS actor, f.subject, f.record, f.event,
    b.body ->> 'detail' AS detail
  FROM :tables.finding f
  CROSS JOIN LATERAL (SELECT :tables.readable(f.body) AS body OFFSET 0) b;

  CREATE VIEW :views.progress AS
  SELECT
    min(s.position) AS position,
    :tables.instant((min(array[s.position, (s.body::jsonb ->> 'horizonMs')::bigint]))[2]) AS as_of,
    count(*)::integer AS workers
  FROM :tables.state s;
`;
