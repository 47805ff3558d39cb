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

/** What a field is filled with that is no free text. */
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  actorKind: fc.constantFrom('human', 'bot', 'system'),
  attributes,
  claimedMs: fc.nat(),
  durationMs: fc.nat(),
  effect: fc.constantFrom('add', 'remove'),
  evidence: fc.array(anySubject, { maxLength: 3 }),
  fromMs: instant,
  into: anySubject,
  over: anyText(20).map((target) => ({ [target]: '62.5%', [`${target}x`]: 37.5 })),
  ruleSet,
  toMs: instant,
};

const dataOf = (type: keyof typeof EVENT_TYPES): fc.Arbitrary<unknown> => {
  const shape: Readonly<Record<string, z.ZodType>> = EVENT_TYPES[type].data.shape;
  const fields = Object.entries(shape);
  const requiredKeys = fields.filter(([, field]) => !field.safeParse(undefined).success).map(([key]) => key);
  const values = fields.map(([key]) => [key, VALUES[key] ?? anyText(40)] as const);
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

/** The schema itself says that it is one. */
export const anyEvent: fc.Arbitrary<TickmarkEvent> = fc
  .constantFrom(...Object.keys(EVENT_TYPES).filter(isEventType))
  .chain(ofType)
  .map((event) => TickmarkEvent.parse(event));
