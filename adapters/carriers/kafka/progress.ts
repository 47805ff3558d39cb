/** Progress: how far each partition has been read, how much lies before it, and whether that has stopped to move. */
import type { Clock } from '../../serve/clock.ts';
import { type Extent, type Partition, keyOf } from './port.ts';

/** A consumer that has something to read and has not read it for so long is started again. */
export const STALLED_MS = 60_000;

interface Track {
  nextOffset: number;
  endOffset: number;
  /** When something was last done, or last nothing was to be done. */
  movedMs: number;
  /** It waits for the store: no fault of the consumer's. */
  isHeld: boolean;
}

export interface ProgressFigures {
  readonly partitions: number;
  readonly held: number;
  readonly lagMessages: number;
  /** Since the last progress of whichever partition waits longest; 0 where nothing lags. */
  readonly sinceProgressMs: number;
}

export interface Progress {
  /** Forgets everything else. */
  assign(partitions: readonly Partition[]): void;
  /** Everything before it is done. */
  reach(partition: Partition, nextOffset: number): void;
  hold(partition: Partition, isHeld: boolean): void;
  /** Where the partitions end now. */
  see(extents: readonly Pick<Extent, keyof Partition | 'endOffset'>[]): void;
  figures(): ProgressFigures;
  /** A partition that has stopped to move, if any. */
  stalled(): string | undefined;
}

const lagOf = ({ nextOffset, endOffset }: Track): number => Math.max(0, endOffset - nextOffset);

export const openProgress = (clock: Clock): Progress => {
  let tracks = new Map<string, Track>();
  const waitedMs = (track: Track): number => (lagOf(track) > 0 ? clock.elapsedMs() - track.movedMs : 0);
  const change = (partition: Partition, over: (track: Track) => Partial<Track>): void => {
    const track = tracks.get(keyOf(partition));
    if (track) Object.assign(track, over(track));
  };
  return {
    assign: (partitions) => {
      const fresh = (): Track => ({ nextOffset: 0, endOffset: 0, movedMs: clock.elapsedMs(), isHeld: false });
      tracks = new Map(
        partitions.map((one) => [keyOf(one), { ...(tracks.get(keyOf(one)) ?? fresh()), isHeld: false }]),
      );
    },
    reach: (partition, nextOffset) => change(partition, () => ({ nextOffset, movedMs: clock.elapsedMs() })),
    hold: (partition, isHeld) => change(partition, () => ({ isHeld, movedMs: clock.elapsedMs() })),
    see: (extents) => {
      for (const { endOffset, ...partition } of extents)
        change(partition, (track) => ({
          endOffset: Math.max(endOffset, track.nextOffset),
          movedMs: lagOf(track) > 0 ? track.movedMs : clock.elapsedMs(),
        }));
    },
    figures: () => {
      const all = [...tracks.values()];
      return {
        partitions: all.length,
        held: all.filter(({ isHeld }) => isHeld).length,
        lagMessages: all.reduce((sum, track) => sum + lagOf(track), 0),
        sinceProgressMs: Math.round(Math.max(0, ...all.map(waitedMs))),
      };
    },
    stalled: () => [...tracks].find(([, track]) => !track.isHeld && waitedMs(track) > STALLED_MS)?.[0],
  };
};
