/** A program: prints what the engine answers to fixed histories as one digest, and where it believes to be. */
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { addTallies, answer, attributed, piecesOf, tally } from '../../engine/index.ts';
import { PLANS, histories } from '../support/arbitraries.ts';

const known = fc.sample(histories, { seed: 20_260_302, numRuns: 500 });

const answers = Object.entries(PLANS).map(([name, plan]) =>
  known.map(({ facts, horizonMs }) => {
    const records = answer(plan, facts, horizonMs);
    const pieces = records.flatMap((record) => piecesOf(record, plan));
    const days = Map.groupBy(pieces, ({ actor, day, measure }) => `${actor} ${day} ${measure}`);
    const tallies = [...days].map(
      ([key, own]) => [key, tally(attributed(own, plan), plan.rulesByName)] as const,
    );
    return { name, records, tallies, sum: addTallies(tallies.map(([, one]) => one)) };
  }),
);

const { locale } = Intl.DateTimeFormat().resolvedOptions();
const localMinutes = -new Date(Date.UTC(2026, 0, 15)).getTimezoneOffset();
const records = answers.flat().reduce((count, one) => count + one.records.length, 0);
const digest = hash('sha256', JSON.stringify(answers), 'hex');
console.log(JSON.stringify({ localMinutes, locale, records, digest }));
