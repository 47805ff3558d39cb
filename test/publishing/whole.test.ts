/** Whether answers are whole: under the rules that rule, and as far as the log went when one first asked. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wholenessOf } from '../../adapters/live.ts';
import { readRules } from '../../adapters/rule-file.ts';
import { memoryEventLog } from '../../adapters/stores/memory/index.ts';
import type { ProjectionState } from '../../projections/ports.ts';
import { sampleEvents } from '../contracts/store-samples.ts';
import { ROOT } from '../house/tree.ts';

const any = { at: 'any' } as const;

it('answers are whole when they have come to the end that the log had when their edition was first asked about', async () => {
  const log = await memoryEventLog();
  const append = (from: number, to: number) =>
    log.append([{ stream: 'call-1', expected: any, events: sampleEvents(from, to) }]);
  const ruling = await readRules(join(ROOT, 'rules/standard.yaml'));
  const areWhole = wholenessOf(log, ruling);
  const at = (position: number, lens = ruling.lens): ProjectionState => ({
    lens,
    position,
    horizonMs: null,
    lastId: null,
  });
  await append(0, 3);
  expect(await areWhole('first', at(2))).toBe(false);
  await append(3, 5);
  expect(await areWhole('first', at(3))).toBe(true);
  expect(await areWhole('second', at(3))).toBe(false);
  expect(await areWhole('second', at(5))).toBe(true);
  expect(await areWhole('third', at(5, { ...ruling.lens, ruleSetHash: 'another' }))).toBe(false);
});
