/** Bank-like rows: a seeded call log with the columns and the traps of examples/bank, as long as asked for. */
import { luck } from './luck.ts';

export interface BankRowsRequest {
  readonly rows: number;
  readonly seed: number;
}

/** As the mapping of examples/bank names them. */
export const BANK_COLUMNS = [
  'vru+line',
  'call_id',
  'customer_id',
  'priority',
  'type',
  'date',
  'vru_entry',
  'vru_exit',
  'vru_time',
  'q_start',
  'q_exit',
  'q_time',
  'outcome',
  'ser_start',
  'ser_exit',
  'ser_time',
  'server',
] as const;

/** 33,344 calls in the 28 days of February 1999. */
const CALLS_A_DAY = 1191;
const AGENTS = Array.from({ length: 25 }, (_, at) => `AGENT${String(at + 1).padStart(2, '0')}`);
const LINES = 21;
/** A line counts its calls and begins again: alone, a call id names nothing. */
const CALL_IDS = 5000;
const CUSTOMERS = 4000;
const DAY_S = 86_400;
const OPENS_S = 7 * 3600;
/** Entries from here on talk over midnight: to their end, or already to the beginning of the service. */
const LATE_S = DAY_S - 40;
const FIRST_DAY_MS = Date.UTC(1999, 1, 1);

const NONE = '0:00:00';
const two = (value: number): string => String(value).padStart(2, '0');
/** The clock wraps at midnight, as the bank's does; its date column does not. */
const clock = (second: number): string => {
  const within = second % DAY_S;
  return `${Math.floor(within / 3600)}:${two(Math.floor(within / 60) % 60)}:${two(within % 60)}`;
};

/** `yymmdd` */
const dateOf = (day: number): string =>
  new Date(FIRST_DAY_MS + day * DAY_S * 1000).toISOString().slice(2, 10).replaceAll('-', '');

/** Shares in per cent, summed up; what is left is a call that an agent took. */
const SHARES = { phantom: 2, hungUpBefore: 8, hungUpInQueue: 18, unrecorded: 20, noServer: 23 } as const;
const LATE_SHARE = 0.03;

interface Call {
  readonly outcome: 'AGENT' | 'HANG' | 'PHANTOM';
  readonly queued: number;
  readonly served: 'agent' | 'nobody' | 'unrecorded';
}

const callOf = (random: () => number): Call => {
  const at = random() * 100;
  const waiting = Math.floor(1 + random() * 90);
  if (at < SHARES.phantom) return { outcome: 'PHANTOM', queued: 0, served: 'unrecorded' };
  if (at < SHARES.hungUpBefore) return { outcome: 'HANG', queued: 0, served: 'unrecorded' };
  if (at < SHARES.hungUpInQueue) return { outcome: 'HANG', queued: waiting, served: 'unrecorded' };
  const queued = random() < 0.5 ? waiting : 0;
  if (at < SHARES.unrecorded) return { outcome: 'AGENT', queued, served: 'unrecorded' };
  return { outcome: 'AGENT', queued, served: at < SHARES.noServer ? 'nobody' : 'agent' };
};

const pick = <Item>(items: readonly Item[], random: () => number): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** What the service columns say; talk times are skewed to the short ones, with a mean near three minutes. */
const serviceOf = (call: Call, from: number, random: () => number): readonly string[] => {
  if (call.served === 'unrecorded') return [NONE, NONE, '0', 'NO_SERVER'];
  const talked = call.served === 'nobody' ? 5 : Math.floor(-170 * Math.log(1 - random() * 0.999_999)) + 2;
  const server = call.served === 'nobody' ? 'NO_SERVER' : pick(AGENTS, random);
  return [clock(from), clock(from + talked), String(talked), server];
};

const rowOf = (number: number, date: string, entry: number, random: () => number): string => {
  const call = callOf(random);
  const customer = random() < 0.58 ? 0 : 100_000 + Math.floor(random() * CUSTOMERS);
  const exit = entry + 5 + Math.floor(random() * 10);
  const left = exit + call.queued;
  return [
    `AA01${two((number % LINES) + 1)}`,
    30_000 + (Math.floor(number / LINES) % CALL_IDS),
    customer,
    pick([0, 1, 2], random),
    pick(['PS', 'PS', 'NW', 'NE', 'TT', 'IN'], random),
    date,
    clock(entry),
    clock(exit),
    exit - entry,
    call.queued === 0 ? NONE : clock(exit),
    call.queued === 0 ? NONE : clock(left),
    call.queued,
    call.outcome,
    ...serviceOf(call, left, random),
  ].join('\t');
};

const entriesOf = (random: () => number): readonly number[] =>
  Array.from({ length: CALLS_A_DAY }, () => {
    const [from, to] = random() < LATE_SHARE ? [LATE_S, DAY_S] : [OPENS_S, LATE_S];
    return Math.floor(from + random() * (to - from));
  }).sort((a, b) => a - b);

/** The rows of the file, header first, in order of entry. */
export function* bankRows({ rows, seed }: BankRowsRequest): Generator<string> {
  const random = luck(seed);
  yield BANK_COLUMNS.join('\t');
  for (let day = 0, number = 0; number < rows; day += 1) {
    const date = dateOf(day);
    for (const entry of entriesOf(random)) {
      if (number === rows) return;
      yield rowOf(number, date, entry, random);
      number += 1;
    }
  }
}

/** The text of the file, a line at a time. */
export function* bankLines(request: BankRowsRequest): Generator<string> {
  for (const row of bankRows(request)) yield `${row}\r\n`;
}
