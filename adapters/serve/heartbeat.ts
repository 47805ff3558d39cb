/** A heartbeat: how long ago somebody last gave a sign of life, and whether that is too long. */
import type { Clock } from './clock.ts';

/** Several times what the largest page needs. */
export const SILENT_MS = 30_000;

export interface Heartbeat {
  beat(): void;
  silentMs(): number;
  /** Rejects when it has been silent for too long; resolves when nobody listens any more. */
  silence(over: AbortSignal): Promise<void>;
}

export const openHeartbeat = (clock: Clock): Heartbeat => {
  let beatMs = clock.elapsedMs();
  const silentMs = (): number => clock.elapsedMs() - beatMs;
  return {
    beat: () => {
      beatMs = clock.elapsedMs();
    },
    silentMs,
    silence: async (over) => {
      while (!over.aborted && silentMs() < SILENT_MS) await clock.sleep(SILENT_MS - silentMs(), over);
      if (!over.aborted) throw new Error(`no sign of life for ${SILENT_MS / 1000} s`);
    },
  };
};
