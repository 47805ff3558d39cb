/** Passes: one way of deriving run again and again in one process; what it measured goes to standard output as JSON. */
import { type Totals, measuredOf } from './totals.ts';

/** Waiting for a core that other work has is nobody's cost: a pass counts with its CPU time where that is less. */
const costMs = async (pass: () => Promise<void>): Promise<number> => {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await pass();
  const { user, system } = process.cpuUsage(used);
  return Math.min(performance.now() - began, (user + system) / 1000);
};

/** The first pass only warms up. */
export const passes = async (times: number, derive: () => Totals | Promise<Totals>): Promise<void> => {
  let totals = await derive();
  const passesMs: number[] = [];
  for (let pass = 0; pass < times; pass += 1)
    passesMs.push(
      await costMs(async () => {
        totals = await derive();
      }),
    );
  process.stdout.write(JSON.stringify(measuredOf(passesMs, totals)));
};
