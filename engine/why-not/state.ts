/** The state of a subject: what its facts have told of each field by a moment, as the clocks see it. */
import type { TickmarkEvent } from '../../schemas/event.ts';
import { fieldOf } from '../clock/encode.ts';
import { byFactOrder } from '../fact-order.ts';
import { isWord } from '../words.ts';
import type { Values } from './condition.ts';

/** The facts that move clocks, in the engine's order. */
export const movingFacts = (facts: readonly TickmarkEvent[]): readonly TickmarkEvent[] =>
  facts.filter((fact) => !isWord(fact)).sort(byFactOrder);

/** The latest told value of each field among `facts`, which are in order. */
export const stateOf =
  (facts: readonly TickmarkEvent[]): Values =>
  (field) =>
    facts.map((fact) => fieldOf(fact, field)).findLast((value) => value !== undefined);

/** What one event tells. */
export const toldBy =
  (fact: TickmarkEvent): Values =>
  (field) =>
    fieldOf(fact, field);

/** The state after the facts of each instant: those of one instant are known together. */
export const statesOf = (
  facts: readonly TickmarkEvent[],
): readonly { readonly last: TickmarkEvent; readonly values: Values }[] =>
  facts.flatMap((last, index) =>
    facts[index + 1]?.occurredAt === last.occurredAt
      ? []
      : [{ last, values: stateOf(facts.slice(0, index + 1)) }],
  );
