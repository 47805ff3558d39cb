/** The feeder of facts that are objects: one subject's events as columns. */
import type { ActorId } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { type Columns, NOBODY, NO_DURATION, typeCode } from './columns.ts';
import { type Dictionary, UNTOLD, newDictionary } from './dictionary.ts';

/** The facts of one subject, ready for its clocks; codes of people are places in `actors`. */
export interface Encoded {
  readonly columns: Columns;
  readonly actors: readonly ActorId[];
  readonly dictionary: Dictionary;
}

/** A field of an event: its own data first, then its attributes. */
export const fieldOf = ({ data }: TickmarkEvent, field: string): string | undefined => {
  const own: unknown = Reflect.get(data, field);
  if (typeof own === 'string') return own;
  if (typeof own === 'number') return String(own);
  return 'attributes' in data ? data.attributes?.[field] : undefined;
};

export const actorOf = ({ data }: TickmarkEvent): ActorId | undefined =>
  'actor' in data ? data.actor : undefined;

const durationOf = ({ data }: TickmarkEvent): number =>
  'durationMs' in data ? (data.durationMs ?? NO_DURATION) : NO_DURATION;

const fieldColumn = (facts: readonly TickmarkEvent[], field: string, dictionary: Dictionary): Int32Array => {
  const column = new Int32Array(facts.length);
  for (const [index, fact] of facts.entries()) {
    const value = fieldOf(fact, field);
    column[index] = value === undefined ? UNTOLD : dictionary.codeOf(value);
  }
  return column;
};

/** `facts` of one subject in their order; `fields` those that the plan's conditions speak of. */
export const encode = (
  facts: readonly TickmarkEvent[],
  fields: readonly string[],
  base: Dictionary,
): Encoded => {
  const size = facts.length;
  const at = new Float64Array(size);
  const type = new Uint8Array(size);
  const actor = new Int32Array(size);
  const durationMs = new Float64Array(size);
  const actors: ActorId[] = [];
  for (let index = 0; index < size; index += 1) {
    const fact = facts[index];
    if (!fact) continue;
    at[index] = fact.occurredAt;
    type[index] = typeCode(fact.type);
    durationMs[index] = durationOf(fact);
    const who = actorOf(fact);
    let code = who === undefined ? NOBODY : actors.indexOf(who);
    if (who !== undefined && code === NOBODY) code = actors.push(who) - 1;
    actor[index] = code;
  }
  const dictionary = fields.length === 0 ? base : newDictionary(base);
  return {
    columns: {
      at,
      type,
      actor,
      durationMs,
      fields: fields.map((field) => fieldColumn(facts, field, dictionary)),
    },
    actors,
    dictionary,
  };
};
