/** Saying: a word is heard beside its history, stamped, and appended where nobody has spoken meanwhile. */
import { latestWords } from '../../engine/index.ts';
import type { EventLog } from '../../projections/ports.ts';
import type { InstantMs, SubjectId } from '../../schemas/brand.ts';
import { EventDraft, type TickmarkEvent, stampDraft } from '../../schemas/event.ts';
import { eventIdOf, signalHashOf } from '../event-id.ts';
import type { Hearing, Sentence, Word } from './word.ts';

/** The source of everything that a person says here. */
export const BY_HAND = 'by-hand';

/** What became of the sentences. Unless all of them can be said, none is. */
export type Said =
  | { readonly status: 'said'; readonly events: readonly TickmarkEvent[] }
  | Exclude<Hearing, { readonly status: 'word' }>
  /** Somebody else spoke of this subject at the same moment; what was said of the others stands in `events`. */
  | {
      readonly status: 'outrun';
      readonly subject: SubjectId;
      readonly events: readonly TickmarkEvent[];
    };

export type SpeakingLog = Pick<EventLog, 'append' | 'readStream'>;

export const historyOf = async (log: SpeakingLog, subject: SubjectId): Promise<readonly TickmarkEvent[]> =>
  (await log.readStream(subject)).map(({ event }) => event);

/** `version` is the place that the word will have in its stream: words of one instant keep the order in which they fell. */
const stamp = (word: Word, version: number, now: InstantMs): TickmarkEvent | string => {
  const raw = JSON.stringify(word);
  const signalHash = signalHashOf(raw);
  const parsed = EventDraft.safeParse({ ...word, vendorId: `${signalHash}+${version}`, sequence: version });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.').replace(/^data\./, '') ?? word.type}: ${issue?.message ?? 'does not fit'}`;
  }
  return stampDraft(parsed.data, {
    id: eventIdOf(BY_HAND, parsed.data),
    source: BY_HAND,
    recordedAt: now,
    dialect: 'by-hand@1',
    signalHash,
  });
};

interface Turn {
  readonly subject: SubjectId;
  /** Of the last event before; -1 when there is none. */
  readonly version: number;
  readonly event: TickmarkEvent;
}

const turnOf = async (
  log: SpeakingLog,
  { subject, speak }: Sentence,
  now: InstantMs,
): Promise<Turn | Exclude<Hearing, { readonly status: 'word' }>> => {
  const history = await historyOf(log, subject);
  const hearing = speak(latestWords(history));
  if (hearing.status !== 'word') return hearing;
  const event = stamp(hearing.word, history.length, now);
  if (typeof event === 'string') return { status: 'refused', because: event };
  return { subject, version: history.length - 1, event };
};

/** Says them in one breath: each of another subject, all in one append. */
export const say = async (
  log: SpeakingLog,
  sentences: readonly Sentence[],
  now: InstantMs,
): Promise<Said> => {
  const turns: Turn[] = [];
  for (const sentence of sentences) {
    const turn = await turnOf(log, sentence, now);
    if ('status' in turn) return turn;
    turns.push(turn);
  }
  const results = await log.append(
    turns.map(({ subject, version, event }) => ({
      stream: subject,
      expected: version < 0 ? { at: 'none' } : { at: 'version', version },
      events: [event],
    })),
  );
  const through = turns.filter((_, index) => results[index]?.status === 'appended');
  const events = through.map(({ event }) => event);
  const held = turns.find((turn) => !through.includes(turn));
  return held ? { status: 'outrun', subject: held.subject, events } : { status: 'said', events };
};
