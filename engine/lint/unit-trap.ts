/** unit-trap: a day written as a duration. A day of the clock has 23, 24 or 25 hours, a working day some 8. */
import { parseDuration } from '../../schemas/duration.ts';
import { ALWAYS } from '../../schemas/calendar.ts';
import type { RuleSet } from '../../schemas/rule-set.ts';
import type { Rule } from '../../schemas/rule.ts';
import { type Check, type Complaint, error, warning } from './finding.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

interface Written {
  readonly path: Complaint['path'];
  readonly text: string;
}

/** The durations among what is written under a rule or a policy, by the names of their keys. */
const KEYS = new Set([
  ...[
    'cap',
    'keepUpTo',
    'minSpan',
    'maxSpan',
    'threshold',
    'duration',
    'gap',
    'before',
    'after',
    'unit',
    'within',
  ],
  ...['minCharge', 'spanOver', 'lateAfter', 'counterpartWithin', 'clockSkew'],
]);
const NESTED = new Set([
  'missingEnd',
  'interruption',
  'idle',
  'preset',
  'session',
  'round',
  'allocate',
  'audit',
  'reported',
]);

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null;

const durationsIn = (holder: object, base: Complaint['path']): readonly Written[] =>
  Object.entries(holder).flatMap(([key, value]: readonly [string, unknown]): readonly Written[] => {
    const path = [...base, key];
    if (KEYS.has(key) && typeof value === 'string') return [{ path, text: value }];
    return NESTED.has(key) && isHolder(value) ? durationsIn(value, path) : [];
  });

const unreadable = ({ path, text }: Written): readonly Complaint[] => {
  if (parseDuration(text) !== undefined) return [];
  const isDay = /\bd(ays?)?\b|\dd\b/i.test(text);
  const why = isDay
    ? 'a day is no length: it has 23, 24 or 25 hours, and a working day has those of its calendar; write the hours, for instance 8h or 24h'
    : 'a duration is written like 90s, 15m, 8h or 1h30m';
  return [error(path, `"${text}": ${why}`)];
};

/** The longest day of a calendar, in hours, as far as it has weekly hours of its own. */
const longestDay = (ruleSet: RuleSet, name: string): number | undefined => {
  const calendar = ruleSet.calendars[name];
  if (!calendar || !('hours' in calendar)) return undefined;
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const days = Object.values(calendar.hours).map((open = []) =>
    open.reduce((sum, text) => sum + minutes(text.slice(6)) - minutes(text.slice(0, 5)), 0),
  );
  return Math.max(...days) / 60;
};

/** ServiceNow's "1 day" is 24 h, which is three working days on an 8-hour schedule. */
const wholeDays = (rule: Rule, { path, text }: Written, ruleSet: RuleSet): readonly Complaint[] => {
  const { calendar } = rule;
  const ms = parseDuration(text);
  if (calendar === undefined || calendar === ALWAYS || ms === undefined || ms === 0 || ms % DAY_MS > 0)
    return [];
  const name = typeof calendar === 'string' ? calendar : calendar.fallback;
  const hours = longestDay(ruleSet, name);
  const day = hours === undefined ? '' : `, and a day of ${name} has ${hours}h`;
  const instead = hours === undefined ? '8h' : `${(ms / DAY_MS) * hours}h`;
  return [
    warning(
      path,
      `${text} is ${ms / HOUR_MS} hours of the clock${day}; if working days are meant, write their hours: ${instead}`,
    ),
  ];
};

export const unitTrap: Check = ({ ruleSet, rules }) => {
  const { rules: written, clockSkew, audit, round } = ruleSet;
  const all = [
    ...durationsIn({ clockSkew, audit, round }, []),
    ...written.flatMap((rule, index) => durationsIn(rule, ['rules', index])),
  ];
  const underCalendars = rules.flatMap(({ rule, index }) =>
    durationsIn(rule, ['rules', index]).flatMap((one) => wholeDays(rule, one, ruleSet)),
  );
  return [...all.flatMap(unreadable), ...underCalendars];
};
