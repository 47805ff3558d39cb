/** A projector: keeps the answers up while somebody else appends. */
import type { ProjectionState } from '../projections/ports.ts';

export interface Projector {
  /** So many more events are in the log. Returns at once. */
  nudge(events: number): void;
  /** Resolves when the answers have reached the end of the log; nothing may be nudged afterwards. */
  finish(): Promise<ProjectionState>;
  /** Ends it where it stands, which loses nothing: the next one goes on from the checkpoint. After finish() it does nothing. */
  stop(): Promise<void>;
}
