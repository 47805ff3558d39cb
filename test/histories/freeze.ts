/**
 * A program: freezes what the engine of today answers, for test/histories/frozen.test.ts.
 *
 * `node test/histories/freeze.ts` once for each engine, when it is released. What is frozen is never written again: an
 * answer that has changed since needs a flag, not another file.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { ENGINE_VERSION, answer } from '../../engine/index.ts';
import { PLANS, histories } from '../support/arbitraries.ts';

const PER_PLAN = 4;

const folder = new URL(`engine-${ENGINE_VERSION}/`, import.meta.url);

const freeze = (): void => {
  const plans = Object.entries(PLANS);
  const known = fc.sample(histories, { seed: ENGINE_VERSION, numRuns: plans.length * PER_PLAN });
  const lines = known.flatMap(({ facts, horizonMs }, index) => {
    const [name, plan] = plans[index % plans.length] ?? [];
    if (name === undefined || plan === undefined) return [];
    return [JSON.stringify({ rules: name, horizonMs, facts, records: answer(plan, facts, horizonMs) })];
  });
  const rules = Object.fromEntries(plans.map(([name, { ruleSet }]) => [name, ruleSet]));
  mkdirSync(folder);
  writeFileSync(new URL('histories.ndjson', folder), `${lines.join('\n')}\n`);
  writeFileSync(new URL('rules.json', folder), `${JSON.stringify(rules, null, 1)}\n`);
};

if (existsSync(folder)) {
  console.error(
    `engine ${ENGINE_VERSION} is frozen already: a change of what it answers needs a flag in engine/flags.ts`,
  );
  process.exitCode = 1;
} else freeze();
