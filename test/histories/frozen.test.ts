/**
 * Frozen histories: what each engine answered when it was released, answered again by the engine of today.
 *
 * engine-N/histories.ndjson holds facts and the records that engine N derived from them; nobody edits it. A change of
 * behaviour gets a number in engine/flags.ts, and a folder here for the engine that brought it.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENGINE_VERSION, FLAGS, answer, compile } from '../../engine/index.ts';
import { InstantMs } from '../../schemas/brand.ts';
import { TickmarkEvent } from '../../schemas/event.ts';
import { RuleSet } from '../../schemas/rule-set.ts';

const History = z.strictObject({
  rules: z.string(),
  horizonMs: InstantMs,
  facts: z.array(TickmarkEvent),
  records: z.array(z.unknown()),
});

const at = (engine: number, file: string): string =>
  readFileSync(new URL(`engine-${engine}/${file}`, import.meta.url), 'utf8');

const engines = readdirSync(new URL('.', import.meta.url))
  .flatMap((name) => (/^engine-(\d+)$/.exec(name) ?? []).slice(1))
  .map(Number)
  .sort((a, b) => a - b);

const historiesOf = (engine: number) =>
  at(engine, 'histories.ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => History.parse(JSON.parse(line)));

const answersOf = (frozen: number, engine: number): readonly string[] => {
  const rules = z.record(z.string(), RuleSet).parse(JSON.parse(at(frozen, 'rules.json')));
  return historiesOf(frozen).map(({ rules: name, facts, horizonMs }) => {
    const ruleSet = rules[name];
    if (!ruleSet) throw new Error(`no rules ${name}`);
    const compiled = compile(ruleSet, engine);
    if (!compiled.ok) throw new Error(`rules ${name} do not compile`);
    return JSON.stringify(answer(compiled.plan, facts, horizonMs));
  });
};

describe('frozen histories', () => {
  it('are there for every engine that was released', () => {
    expect(engines).toEqual(Array.from({ length: ENGINE_VERSION }, (_, index) => index + 1));
  });

  it.each(engines)('engine %i still answers what it answered, byte for byte', (engine) => {
    const then = historiesOf(engine).map(({ records }) => JSON.stringify(records));
    expect(then.length).toBeGreaterThan(20);
    expect(answersOf(engine, engine)).toEqual(then);
  });

  it.each(Object.entries(FLAGS))(
    'the flag %s makes a difference to some history before it',
    (_, { since }) => {
      expect(answersOf(since - 1, since)).not.toEqual(answersOf(since - 1, since - 1));
    },
  );
});
