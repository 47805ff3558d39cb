/** A record's reach: the last instant that it may touch, as far as is known. */
import type { TimeRecord } from '../../schemas/record.ts';

/** Later than every instant that anybody asks for. */
const NO_END = Number.MAX_SAFE_INTEGER;

/** Where the end has not come, the record may touch everything after its start. */
export const reachOf = ({ status, toMs }: Pick<TimeRecord, 'status' | 'toMs'>): number =>
  status === 'running' || status === 'paused' ? NO_END : toMs;
