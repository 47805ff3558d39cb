/** Draining: the steps of an orderly end, one after the other, within a time that none of them may overdraw. */
import type { Clock } from './clock.ts';

export interface DrainStep {
  readonly name: string;
  readonly run: () => Promise<void>;
  /** When its time is over. What it leaves is for the next start, which loses nothing. */
  readonly mostMs: number;
}

export interface Drained {
  /** The steps that did not come to their end. */
  readonly late: readonly string[];
  readonly failed: readonly { readonly name: string; readonly error: unknown }[];
}

/** A step that hangs or fails keeps none of the later ones from being done. */
export const drain = async (steps: readonly DrainStep[], clock: Clock): Promise<Drained> => {
  const late: string[] = [];
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  for (const { name, run, mostMs } of steps) {
    const over = new AbortController();
    const outcome = await Promise.race([
      run().then(
        () => 'done' as const,
        (error: unknown) => ({ error }),
      ),
      clock.sleep(mostMs, over.signal).then(() => 'late' as const),
    ]);
    over.abort();
    if (outcome === 'late') late.push(name);
    else if (outcome !== 'done') failed.push({ name, error: outcome.error });
  }
  return { late, failed };
};
