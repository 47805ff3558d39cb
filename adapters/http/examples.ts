/** The examples of openapi.json: one call of four minutes, a second one that goes on, and a signal with a misspelt type. */

const NINE = 1_740_992_400_000;
const FOUR_MINUTES_MS = 240_000;
const ENDED = NINE + FOUR_MINUTES_MS;
const RECEIVED = ENDED + 1_000;

const CONNECTED_ID = 'de886f63-a2f6-5a0f-b152-1fa7542eb1c4';
const ENDED_ID = '71d1a0cc-5914-5abe-8cf3-c8fc0cebc644';
const SECOND_ID = '063071ba-dcd7-57c0-83e9-06e180791fab';
const LETTER_ID = '79bf5c26-955c-5f42-957b-f82779ed1400';
const UNKNOWN_TYPE = {
  code: 'unknown-type',
  message: 'there is no event type "CallEndet" (did you mean CallEnded?)',
} as const;

export const CLOUD_EVENT_EXAMPLE = {
  specversion: '1.0',
  id: '1',
  source: 'pbx',
  type: 'CallConnected',
  subject: 'call-9',
  time: '2025-03-03T09:00:00Z',
  data: { actor: 'lena' },
} as const;

export const ACKNOWLEDGEMENT_EXAMPLE = {
  signals: 3,
  accepted: 2,
  ignored: {},
  rejected: 1,
  appended: 2,
  duplicates: 0,
  reasons: [{ signal: 3, deadLetter: LETTER_ID, ...UNKNOWN_TYPE }],
} as const;

export const EVENT_EXAMPLE = {
  position: 0,
  version: 0,
  event: {
    id: CONNECTED_ID,
    source: 'pbx',
    subject: 'call-9',
    type: 'CallConnected',
    occurredAt: NINE,
    recordedAt: RECEIVED,
    data: { actor: 'lena' },
    dialect: 'tickmark@1',
    signalHash: '53c94f37938615dabfaa3a7353b3624fa69c42c4a93bc2aa7751ef4d4a58dc7d',
  },
} as const;

const NO_GRADES = { observed: 0, inferred: 0, declared: 0, assumed: 0, unknown: 0 } as const;

const TALK = {
  kind: 'call',
  rule: 'call.talk',
  measure: 'work',
  actor: 'lena',
  cycle: 1,
  method: 'auto',
  subtracted: [],
  attributes: {},
} as const;

export const RECORD_EXAMPLE = {
  ...TALK,
  id: 'call-9/call.talk#1@lena',
  subject: 'call-9',
  status: 'closed',
  fromMs: NINE,
  toMs: ENDED,
  countedMs: FOUR_MINUTES_MS,
  roundedMs: FOUR_MINUTES_MS,
  gradesMs: { ...NO_GRADES, observed: FOUR_MINUTES_MS },
  spans: [
    {
      fromMs: NINE,
      toMs: ENDED,
      opened: { clause: 'start', event: CONNECTED_ID },
      closed: { clause: 'stop', event: ENDED_ID },
      grade: 'observed',
    },
  ],
  facts: 2,
} as const;

export const TIMER_EXAMPLE = {
  ...TALK,
  id: 'call-10/call.talk#1@lena',
  subject: 'call-10',
  status: 'running',
  fromMs: ENDED,
  toMs: ENDED,
  countedMs: 0,
  roundedMs: 0,
  gradesMs: NO_GRADES,
  spans: [],
  tail: { state: 'running', fromMs: ENDED, opened: { clause: 'start', event: SECOND_ID } },
  facts: 1,
} as const;

export const LETTER_EXAMPLE = {
  id: LETTER_ID,
  signal: {
    source: 'pbx',
    dialect: 'tickmark',
    receivedAt: RECEIVED,
    origin: 'http',
    raw: JSON.stringify({ ...CLOUD_EVENT_EXAMPLE, id: '3', type: 'CallEndet' }),
  },
  rejection: UNKNOWN_TYPE,
  receivedAt: RECEIVED,
  status: 'waiting',
} as const;

const TALLY = {
  records: 1,
  overlapping: 0,
  sumMs: FOUR_MINUTES_MS,
  unionMs: FOUR_MINUTES_MS,
  roundedMs: FOUR_MINUTES_MS,
  attributedMs: FOUR_MINUTES_MS,
  gradesMs: { ...NO_GRADES, observed: FOUR_MINUTES_MS },
  methodsMs: { auto: FOUR_MINUTES_MS, manual: 0, preset: 0, adjustment: 0 },
} as const;

export const REPORT_EXAMPLE = {
  report: 'week',
  zone: 'Europe/Berlin',
  measure: 'work',
  ruleSet: 'standard@1',
  position: 3,
  asOfMs: ENDED,
  by: ['agent'],
  weeks: ['2025-W10'],
  lines: [
    { week: '2025-W10', by: { agent: 'lena' }, daysMs: [FOUR_MINUTES_MS, 0, 0, 0, 0, 0, 0], tally: TALLY },
  ],
  total: TALLY,
} as const;
