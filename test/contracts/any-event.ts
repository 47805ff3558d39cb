/** Any event that the schema allows, of every type, with text that tries a store's patience. */
import fc from 'fast-check';
import type { z } from 'zod';
import { EVENT_TYPES, isEventType, TickmarkEvent } from '../../schemas/event.ts';

/** Every UTF-16 unit can occur: quotes, NUL, lone surrogates. */
const unit = fc.oneof(
  fc.constantFrom('"', "'", '\\', '\u0000', '\ud800', '\udfff', '\uffff', '😀', 'ß', '\u2028', 'é'),
  fc.nat(0xffff).map((code) => String.fromCharCode(code)),
);
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(unit, { minLength: 1, maxLength: Math.ceil(maxLength / 2) }).map((units) => units.join(''));

const attributes = fc.dictionary(anyText(20), anyText(40), { maxKeys: 4 });

const ruleSet = anyText(20).map((text) => ({
  ruleSet: 'live',
  version: 1,
  zone: text,
  calendars: {},
  rules: [
    {
      rule: 'call.talk',
      on: 'call',
      measure: 'work',
      when: { queue: [text] },
      start: text,
      stop: [text, 'x'],
    },
  ],
}));

const instant = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
const anySubject = anyText(40).map((text) => `call-x${text.replaceAll(/\s/gu, '_')}y`);

const grade = { observed: 1, inferred: 0, declared: -3, assumed: 0, unknown: 0 };
const method = { auto: 1, manual: 0, preset: 0, adjustment: -3 };
const tally = fc.record({ records: fc.nat(), overlapping: fc.nat(), sumMs: fc.integer() }).map((some) => ({
  ...some,
  unionMs: 5,
  roundedMs: -900_000,
  attributedMs: 0,
  gradesMs: grade,
  methodsMs: method,
}));
const personDay = fc.tuple(anyText(20), tally).map(([text, all]) => ({
  actor: text,
  day: '2026-03-02',
  measure: text,
  team: null,
  all,
  kinds: { [text]: all },
}));
const adjustment = fc.tuple(anyText(20), tally).map(([actor, change]) => ({
  week: '2026-W10',
  reportedIn: '2026-W12',
  actor,
  measure: actor,
  // And not -change.records: JSON knows no negative zero.
  change: { ...change, records: 0 - change.records },
}));

/** What a field is filled with that is no free text. */
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  adjustments: fc.array(adjustment, { maxLength: 2 }),
  actorKind: fc.constantFrom('human', 'bot', 'system'),
  attributes,
  asOfMs: fc.option(instant),
  claimedMs: fc.nat(),
  days: fc.array(personDay, { maxLength: 2 }),
  durationMs: fc.nat(),
  effect: fc.constantFrom('add', 'remove'),
  evidence: fc.array(anySubject, { maxLength: 3 }),
  fromMs: instant,
  into: anySubject,
  position: fc.nat(),
  over: anyText(20).map((target) => ({ [target]: '62.5%', [`${target}x`]: 37.5 })),
  ruleSet,
  seal: fc.constant('0a'.repeat(32)),
  timedBy: fc.constant('receipt'),
  timesheets: fc.nat(),
  toMs: instant,
  week: fc.constant('2026-W10'),
};

const dataOf = (type: keyof typeof EVENT_TYPES): fc.Arbitrary<unknown> => {
  const shape: Readonly<Record<string, z.ZodType>> = EVENT_TYPES[type].data.shape;
  const fields = Object.entries(shape);
  const requiredKeys = fields.filter(([, field]) => !field.safeParse(undefined).success).map(([key]) => key);
  // What a seal calls its rule set is text; a rule set that was applied is there as a whole.
  const sealed: Readonly<Record<string, fc.Arbitrary<unknown>>> =
    type === 'WeekSealed' ? { ruleSet: anyText(20), ruleSetHash: VALUES['seal'] ?? anyText(1) } : {};
  const values = fields.map(([key]) => [key, sealed[key] ?? VALUES[key] ?? anyText(40)] as const);
  // What fields must not say together (an approval of one's own) cannot be in a log.
  return fc
    .record(Object.fromEntries(values), { requiredKeys, noNullPrototype: true })
    .filter((data) => EVENT_TYPES[type].data.safeParse(data).success);
};

const ofType = (type: keyof typeof EVENT_TYPES): fc.Arbitrary<unknown> =>
  fc.record(
    {
      id: fc.uuid().chain((id) => fc.constantFrom(id, id.toUpperCase())),
      source: anyText(40),
      subject: anySubject,
      type: fc.constant(type),
      occurredAt: instant,
      recordedAt: instant,
      sequence: fc.nat(),
      word: fc.record({ fact: fc.uuid(), revision: fc.nat() }),
      correlation: anyText(40),
      causation: anyText(40),
      dialect: anyText(40),
      signalHash: fc.constant('0f'.repeat(32)),
      data: dataOf(type),
    },
    {
      requiredKeys: [
        'id',
        'source',
        'subject',
        'type',
        'occurredAt',
        'recordedAt',
        'dialect',
        'signalHash',
        'data',
      ],
      noNullPrototype: true,
    },
  );

/** Which word about which fact it is: both or neither. */
const withWord = ({ word, ...event }: { word?: object }): object => ({ ...event, ...word });

/** The schema itself says that it is one. */
export const anyEvent: fc.Arbitrary<TickmarkEvent> = fc
  .constantFrom(...Object.keys(EVENT_TYPES).filter(isEventType))
  .chain(ofType)
  .map((event) => TickmarkEvent.parse(withWord(Object(event))));
