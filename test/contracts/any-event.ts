/** Any event that the schema allows, of every type, with text that tries a store's patience. */
import fc from 'fast-check';
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

const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  actor: anyText(40),
  attributes,
  reason: anyText(40),
  status: anyText(40),
  team: anyText(40),
  ruleSet,
};
const REQUIRED = ['actor', 'status', 'team', 'ruleSet'];

const dataOf = (type: keyof typeof EVENT_TYPES): fc.Arbitrary<unknown> => {
  const fields = Object.entries(VALUES).filter(([key]) => key in EVENT_TYPES[type].data.shape);
  const requiredKeys = fields.map(([key]) => key).filter((key) => REQUIRED.includes(key));
  return fc.record(Object.fromEntries(fields), { requiredKeys, noNullPrototype: true });
};

const instant = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });

const ofType = (type: keyof typeof EVENT_TYPES): fc.Arbitrary<unknown> =>
  fc.record(
    {
      id: fc.uuid().chain((id) => fc.constantFrom(id, id.toUpperCase())),
      source: anyText(40),
      subject: anyText(40).map((text) => `call-x${text.replaceAll(/\s/gu, '_')}y`),
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
