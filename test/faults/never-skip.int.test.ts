/** Never skipped, never doubled: projectors that are killed on every pair of stores leave the rows of a rebuild. */
import { mkdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { luck } from '../../bench/luck.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { demoEvents } from './demo-events.ts';
import { killProjectors } from './kill-projector.ts';
import { PAIR_NAMES, openGround } from './pairs.ts';

const folders = temporaryFolder();
const ground = openGround();
afterAll(async () => {
  await ground.stop();
  folders.remove();
});

/** `npm run faults` does it three hundred times. */
const KILLS = 12;
const SEED = 7;
const EVENTS = 800;

describe('projectors that are killed between reading an event and the checkpoint', () => {
  it.each(PAIR_NAMES)(`leave the rows of a rebuild, ${KILLS} times on %s`, async (pair) => {
    const folder = folders.fresh('pair');
    mkdirSync(folder, { recursive: true });
    const events = await demoEvents(SEED, EVENTS);
    const { kills, difference, live, rebuilt, position } = await killProjectors(
      await ground.place(pair, folder),
      KILLS,
      events,
      luck(SEED),
    );
    expect(difference).toBeUndefined();
    expect(live).toBe(rebuilt);
    expect(kills).toBe(KILLS);
    // Positions of KurrentDB have gaps.
    expect(position).toBeGreaterThanOrEqual(events.length);
  });
});
