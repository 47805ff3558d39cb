/** Passes: one way of deriving run again and again in one process; what it measured goes to standard output as JSON. */
import { type Totals, measuredOf } from './totals.ts';

/**
 * The first pass only warms up. A pass counts with the lesser of its time and its CPU time of all threads: so other work
 * on the machine is not measured, and neither are threads that help on a core that would be idle.
 */
export const passes = async (times: number, derive: () => Totals | Promise<Totals>): Promise<void> => {
  let totals = await derive();
  const passesMs: number[] = [];
  for (let pass = 0; pass < times; pass += 1) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    totals = await derive();
    const { user, system } = process.cpuUsage(before);
    passesMs.push(Math.min(performance.now() - began, (user + system) / 1000));
  }
  process.stdout.write(JSON.stringify(measuredOf(passesMs, totals)));
};
