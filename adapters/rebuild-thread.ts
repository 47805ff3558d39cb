/**
 * The rebuilding threads: each derives a part of the log and sends its rows to the main thread, which derives another
 * part and writes all of them. A composition root of its own: a thread opens a store on the same log.
 */
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { type Crew, type Exchange, type Ground, derivePart, newPart } from '../projections/index.ts';
import type { RowBatch } from '../projections/rebuild-ports.ts';
import type { Piece } from '../schemas/record.ts';
import type { RuleSet } from '../schemas/rule-set.ts';
import { type Mailbox, mailboxOf } from './mailbox.ts';
import { ruleOn } from './rule-file.ts';
import { bodyOf } from './stores/cells.ts';
import { type CellBatch, type SqliteLoad, cellsOf, sqliteEventLog } from './stores/sqlite/index.ts';

type StartsByPerson = Parameters<Exchange['starts']>[0];

interface Assignment {
  /** Other threads load this file too, for instance those of a test runner. */
  readonly thread: 'rebuild';
  readonly logFile: string;
  readonly ruleSet: RuleSet;
  /** Which part it is, from 1: the main thread is 0. */
  readonly worker: number;
  readonly of: number;
  /** How many pages and families have been dealt to anybody. */
  readonly dealt: Int32Array;
}

/** Pieces travel as text, some thousand to a string: that is quicker than copying objects. */
type Sheets = readonly string[];
const PIECES_PER_SHEET = 1_000;

const sheetsOf = (pieces: readonly Piece[]): Sheets => {
  const sheets: string[] = [];
  for (let at = 0; at < pieces.length; at += PIECES_PER_SHEET)
    sheets.push(JSON.stringify(pieces.slice(at, at + PIECES_PER_SHEET)));
  return sheets;
};

const piecesOf = bodyOf<readonly Piece[]>('length');
const piecesOn = (sheets: Sheets): readonly Piece[] => sheets.flatMap((sheet) => piecesOf(sheet));

/** What a thread sends: rows whenever it has some; its starts, its pieces for each part, and that all is sent, in this order. */
type Sent =
  | { readonly step: 'rows'; readonly rows: CellBatch }
  | { readonly step: 'starts'; readonly starts: StartsByPerson }
  | { readonly step: 'pieces'; readonly sheets: readonly Sheets[] }
  | { readonly step: 'done' };

/** What it gets: the ground to begin with, and something for its starts and for its pieces. */
type Given =
  | { readonly step: 'ground'; readonly ground: Ground }
  | { readonly step: 'starts'; readonly others: readonly StartsByPerson[] }
  | { readonly step: 'pieces'; readonly sheets: Sheets };

const sheetsFor = (of: number, worker: number, take: Parameters<Exchange['pieces']>[0]): readonly Sheets[] =>
  Array.from({ length: of }, (_, other) => (other === worker ? [] : sheetsOf(take({ worker: other, of }))));

const dealFrom = (dealt: Int32Array): number => Atomics.add(dealt, 0, 1);

const outOfStep = (): Error => new Error('the threads of a rebuild are out of step');

// --- in a thread ---------------------------------------------------------------------------------------------

const exchangeWith = (
  send: (sent: Sent) => void,
  { next }: Mailbox<Given>,
  { worker, of, dealt }: Assignment,
): Exchange => ({
  deal: () => dealFrom(dealt),
  starts: async (starts) => {
    send({ step: 'starts', starts });
    const given = await next();
    if (given.step !== 'starts') throw outOfStep();
    return given.others;
  },
  pieces: async (take) => {
    send({ step: 'pieces', sheets: sheetsFor(of, worker, take) });
    const given = await next();
    if (given.step !== 'pieces') throw outOfStep();
    return piecesOn(given.sheets);
  },
});

/** It reads every page of its streams once. */
const READER_CACHE_MB = 16;

const work = async (assignment: Assignment, port: NonNullable<typeof parentPort>): Promise<void> => {
  const { logFile, ruleSet } = assignment;
  const mailbox = mailboxOf<Given>(port);
  const send = (sent: Sent): void => port.postMessage(sent);
  const log = await sqliteEventLog(logFile, { cacheMb: READER_CACHE_MB });
  const load = { put: async (batch: RowBatch) => send({ step: 'rows', rows: cellsOf(batch) }) };
  const { plan } = ruleOn(ruleSet);
  const given = await mailbox.next();
  if (given.step !== 'ground') throw outOfStep();
  const { ground } = given;
  const part = newPart({ plan, log, ground, load });
  await derivePart(part, ground, exchangeWith(send, mailbox, assignment));
  await log.close();
  send({ step: 'done' });
  port.close();
};

// --- in the main thread --------------------------------------------------------------------------------------

export interface CrewRequest extends Pick<Assignment, 'logFile' | 'ruleSet'> {
  readonly load: SqliteLoad;
  /** How many threads there are beside the main one. */
  readonly threads: number;
}

interface Hand {
  readonly worker: Worker;
  readonly mailbox: Mailbox<Sent>;
}

/** Its rows are written as they come: writing takes a fraction of the time that deriving takes. */
const handOf = (assignment: Assignment, load: SqliteLoad): Hand => {
  const worker = new Worker(new URL(import.meta.url), { workerData: assignment });
  const write = (sent: Sent): boolean => {
    if (sent.step === 'rows') load.putCells(sent.rows);
    return sent.step === 'rows';
  };
  return { worker, mailbox: mailboxOf(worker, write) };
};

const give = ({ worker }: Hand, given: Given): void => worker.postMessage(given);

const startsThrough =
  (hands: readonly Hand[]): Exchange['starts'] =>
  async (own) => {
    const theirs: StartsByPerson[] = [];
    for (const { mailbox } of hands) {
      const sent = await mailbox.next();
      if (sent.step !== 'starts') throw outOfStep();
      theirs.push(sent.starts);
    }
    for (const [at, hand] of hands.entries())
      give(hand, { step: 'starts', others: [own, ...theirs.toSpliced(at, 1)] });
    return theirs;
  };

const piecesThrough =
  (hands: readonly Hand[]): Exchange['pieces'] =>
  async (take) => {
    const sent = [sheetsFor(hands.length + 1, 0, take)];
    for (const { mailbox } of hands) {
      const theirs = await mailbox.next();
      if (theirs.step !== 'pieces') throw outOfStep();
      sent.push(theirs.sheets);
    }
    const sheetsTo = (part: number): Sheets => sent.flatMap((sheets) => sheets[part] ?? []);
    for (const [at, hand] of hands.entries()) give(hand, { step: 'pieces', sheets: sheetsTo(at + 1) });
    return piecesOn(sheetsTo(0));
  };

/** Starts the threads at once. */
export const startCrew = ({ threads, load, ...common }: CrewRequest): Crew => {
  const dealt = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const hands = Array.from({ length: threads }, (_, at) =>
    handOf({ thread: 'rebuild', ...common, worker: at + 1, of: threads + 1, dealt }, load),
  );
  return {
    begin: (ground) => {
      for (const hand of hands) give(hand, { step: 'ground', ground });
    },
    deal: () => dealFrom(dealt),
    starts: startsThrough(hands),
    pieces: piecesThrough(hands),
    done: async () => {
      for (const { mailbox } of hands) if ((await mailbox.next()).step !== 'done') throw outOfStep();
    },
    dismiss: async () => {
      for (const { worker } of hands) await worker.terminate();
    },
  };
};

/** What bears the mark was made by this very file, in the main thread. */
const isOurs = (data: unknown): data is Assignment =>
  typeof data === 'object' && data !== null && 'thread' in data && data.thread === 'rebuild';

const assignment: unknown = workerData;
if (!isMainThread && parentPort && isOurs(assignment)) await work(assignment, parentPort);
