/** What a key means where a rule does not write it. */
import type { ActorKind } from '../../schemas/event-types.ts';
import type { Rule } from '../../schemas/rule.ts';

export const measureOf = ({ measure = 'work' }: Rule): string => measure;

export const actorKindsOf = ({ actorKinds = ['human'] }: Rule): readonly ActorKind[] => actorKinds;

/** Without a stop nothing else could end the record. */
export const whenFalseOf = ({ whenFalse, stop }: Rule): NonNullable<Rule['whenFalse']> =>
  whenFalse ?? (stop === undefined ? 'stop' : 'pause');
