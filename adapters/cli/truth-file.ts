/** A truth file: who really worked from when to when, written down by somebody who watched. CSV, one stretch a line. */
import type { TrueTime } from '../../projections/index.ts';
import { ActorId, SubjectId } from '../../schemas/brand.ts';
import type { Signal } from '../../schemas/signal.ts';
import { InputError } from '../input-error.ts';
import type { Context } from './context.ts';
import { momentReader } from './moment.ts';

const NEEDED = ['who', 'from', 'to'] as const;
const KNOWN: readonly string[] = ['who', 'subject', 'from', 'to'];

type Columns = Readonly<Record<string, string>>;
type ReadMoment = ReturnType<typeof momentReader>;

const textOf = (columns: Columns, name: string): string => (columns[name] ?? '').trim();

/** An hour alone is today's, which no truth file means. */
const momentIn = (columns: Columns, name: 'from' | 'to', moment: ReadMoment) => {
  const text = textOf(columns, name);
  if (!/^\d{4}-/.test(text))
    throw new InputError(`${name} takes a time with its date, for instance 2026-11-09T10:03, not "${text}"`);
  return moment(name, text);
};

const timeOf = (columns: Columns, moment: ReadMoment): TrueTime => {
  const who = ActorId.safeParse(textOf(columns, 'who'));
  if (!who.success) throw new InputError('who is empty: name the person');
  const subject = textOf(columns, 'subject');
  const known = subject === '' ? undefined : SubjectId.safeParse(subject);
  if (known?.success === false)
    throw new InputError(`"${subject}" is no subject: it is written kind-id, for instance call-4711`);
  const [fromMs, toMs] = [momentIn(columns, 'from', moment), momentIn(columns, 'to', moment)];
  if (toMs < fromMs) throw new InputError('to lies before from');
  return { actor: who.data, subject: known?.data, fromMs, toMs };
};

const checkHeader = (path: string, columns: Columns): void => {
  const names = Object.keys(columns);
  const missing = NEEDED.filter((name) => !names.includes(name));
  const strange = names.filter((name) => !KNOWN.includes(name));
  if (missing.length === 0 && strange.length === 0) return;
  const what = missing.length > 0 ? `lacks ${missing.join(', ')}` : `has ${strange.join(', ')} too`;
  throw new InputError(`${path}: the header ${what}; it is who,from,to or who,subject,from,to`);
};

const signalsIn = async ({ doors, now }: Context, path: string): Promise<readonly Signal[]> => {
  const signals: Signal[] = [];
  const request = { path, format: 'csv', dialect: 'truth', source: 'truth', receivedAt: now } as const;
  for await (const arrivals of doors.readFile(request))
    for (const arrival of arrivals) {
      if (arrival.status === 'rejected')
        throw new InputError(`${path}, line ${arrival.signal.line}: ${arrival.rejection.message}`);
      signals.push(arrival.signal);
    }
  return signals;
};

/** Throws InputError, with the line, where the file cannot be read as truth. Times without offset are local in the zone. */
export const readTruth = async (
  context: Context,
  path: string,
  zone: string,
): Promise<readonly TrueTime[]> => {
  const signals = await signalsIn(context, path);
  const moment = momentReader(zone, context.now());
  const faults: string[] = [];
  const truth = signals.flatMap(({ fields = {}, line }, index) => {
    if (index === 0) checkHeader(path, fields);
    try {
      return [timeOf(fields, moment)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(`line ${line}: ${error.message}`);
      return [];
    }
  });
  if (faults.length > 0) throw new InputError(`${path} cannot be read as truth`, faults.slice(0, 10));
  if (truth.length === 0) throw new InputError(`${path} has no line: there is nothing to compare with`);
  const named = truth.filter(({ subject }) => subject !== undefined).length;
  if (named > 0 && named < truth.length)
    throw new InputError(
      `${path} names the subject in ${named} of ${truth.length} lines: name it in all of them or in none`,
    );
  return truth;
};
