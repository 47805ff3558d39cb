/**
 * The heavy runs of the fault tests, with figures to publish.
 *
 *     npm run faults [-- --writers 1000 --projectors 300 --pairs sqlite+sqlite --seed 1]
 *
 * Writers are killed at random moments while they append; projectors are killed between reading and checkpoint. Exits
 * with 1 where anything acknowledged is missing, or rows differ from those of a rebuild.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { luck } from '../../bench/luck.ts';
import { demoEvents } from './demo-events.ts';
import { killProjectors } from './kill-projector.ts';
import { killWriters } from './kill-writer.ts';
import { PAIR_NAMES, type PairName, openGround } from './pairs.ts';

const { values } = parseArgs({
  options: {
    writers: { type: 'string', default: '1000' },
    projectors: { type: 'string', default: '300' },
    pairs: { type: 'string', default: PAIR_NAMES.join(',') },
    seed: { type: 'string', default: '1' },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const every = (step: number, what: string) => (done: number) =>
  done % step === 0 && process.stderr.write(`${what}: ${done}\n`);
const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1000).toFixed(0)} s`;

const ground = openGround();
const folder = mkdtempSync(join(tmpdir(), 'tickmark-faults-'));

const writers = async (kills: number, seed: number): Promise<boolean> => {
  if (kills === 0) return true;
  const sinceMs = performance.now();
  const { acknowledged, lost, unsaid, faults } = await killWriters(
    join(folder, 'log.db'),
    kills,
    luck(seed),
    every(100, 'writers killed'),
  );
  say(
    `${kills} writers killed on SQLite: ${acknowledged} events acknowledged, ${lost.length} of them lost, ${unsaid} more written but not said; ${faults.length} faults in the file (${seconds(sinceMs)})`,
  );
  return lost.length === 0 && faults.length === 0;
};

const projectors = async (pair: PairName, kills: number, seed: number): Promise<boolean> => {
  if (kills === 0) return true;
  const sinceMs = performance.now();
  const own = join(folder, pair);
  mkdirSync(own);
  const place = await ground.place(pair, own);
  const events = await demoEvents(seed, Infinity);
  const found = await killProjectors(place, kills, events, luck(seed), every(50, `${pair} killed`));
  const same = found.difference === undefined && found.live === found.rebuilt;
  say(
    `${found.kills} projectors killed on ${pair}: rows of ${found.position} positions ${same ? 'are' : 'are NOT'} those of a rebuild (${found.live.slice(0, 12)}, ${found.rebuilt.slice(0, 12)}; ${seconds(sinceMs)})`,
  );
  if (found.difference !== undefined) say(JSON.stringify(found.difference));
  return same;
};

try {
  const seed = Number(values.seed);
  let sound = await writers(Number(values.writers), seed);
  for (const pair of PAIR_NAMES.filter((name) => values.pairs.split(',').includes(name)))
    sound = (await projectors(pair, Number(values.projectors), seed)) && sound;
  process.exitCode = sound ? 0 : 1;
} finally {
  await ground.stop();
  rmSync(folder, { recursive: true, force: true });
}
