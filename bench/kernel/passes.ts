/** Passes: one way of deriving run again and again in one process; what it measured goes to standard output as JSON. */
import { type Totals, measuredOf } from './totals.ts';

/** The first pass only warms up. */
export const passes = async (times: number, derive: () => Totals | Promise<Totals>): Promise<void> => {
  let totals = await derive();
  const passesMs: number[] = [];
  for (let pass = 0; pass < times; pass += 1) {
    const began = performance.now();
    totals = await derive();
    passesMs.push(performance.now() - began);
  }
  process.stdout.write(JSON.stringify(measuredOf(passesMs, totals)));
};
