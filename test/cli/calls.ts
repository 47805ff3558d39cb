/** Invented calls in a file, and what a reader of that file alone can say about them. */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { BANK_COLUMNS, bankRows } from '../../bench/bank-rows.ts';

const Call = z.record(z.enum(BANK_COLUMNS), z.string());
export type Call = Readonly<z.infer<typeof Call>>;

/** Writes the file; answers its rows. */
export const writeCalls = (file: string, rows: number, seed = 7): readonly Call[] => {
  const [header, ...lines] = bankRows({ rows, seed });
  writeFileSync(file, [header, ...lines].map((line) => `${line}\r\n`).join(''));
  return lines.map((line) => {
    const cells = line.split('\t');
    return Call.parse(Object.fromEntries(BANK_COLUMNS.map((name, at) => [name, cells[at]])));
  });
};

const isTalk = (call: Call): boolean => call.outcome === 'AGENT' && call.server !== 'NO_SERVER';

export const talks = (calls: readonly Call[]): readonly Call[] => calls.filter(isTalk);

/** The file says itself how long each talk was. */
export const talkMs = (calls: readonly Call[]): number =>
  talks(calls).reduce((sum, { ser_time: seconds }) => sum + Number(seconds) * 1000, 0);

/** An offer for every call that is one; with it an end or an abandonment where one was recorded; a talk has a start too. */
export const eventsOf = (calls: readonly Call[]): number =>
  calls
    .filter(({ outcome }) => outcome !== 'PHANTOM')
    .reduce((sum, call) => {
      if (call.outcome === 'HANG') return sum + 2;
      if (call.ser_start === '0:00:00' && call.ser_exit === '0:00:00') return sum + 1;
      return sum + (isTalk(call) ? 3 : 2);
    }, 0);
