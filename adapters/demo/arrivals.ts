/** The invented week as it arrives: the signals of its deliveries, each with the moment of its receipt. */
import type { Dialect } from '../../schemas/signal.ts';
import { type Arrival, splitArrival } from '../intake.ts';
import { demoWeek } from './week.ts';

/** `dialect`: that of our own CloudEvents, in which the week is told. */
export const demoArrivals = (seed: number, dialect: Dialect): readonly Arrival[] => {
  const { signals, receivedAtMs } = demoWeek(seed);
  return signals.flatMap((raw, index) => {
    const receivedAt = receivedAtMs[index];
    if (receivedAt === undefined) throw new Error(`demo signal ${index} was never received`);
    const where = { source: 'demo', dialect: dialect.name, origin: 'demo', line: index + 1 };
    return splitArrival(dialect, { status: 'signal', signal: { ...where, receivedAt, raw } });
  });
};
