/** The question what is running: records whose end has not come, as of a moment that is not before the log's own clock. */
import type { RecordPlace, RowReader } from '../../projections/ports.ts';
import type { InstantMs } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { InputError } from '../input-error.ts';

/** The moment that is meant: without one, the latest instant of the log; null where nothing has happened yet. */
export const momentOfTimers = async (
  asOfMs: InstantMs | undefined,
  rows: Pick<RowReader, 'state'>,
): Promise<InstantMs | null> => {
  const horizonMs = (await rows.state())?.horizonMs ?? null;
  if (asOfMs !== undefined && horizonMs !== null && asOfMs < horizonMs)
    throw new InputError(
      'the moment asked for lies before the latest signal in the log; only what comes after can be looked at',
    );
  return asOfMs ?? horizonMs;
};

/** Whether a record that is open in the log still is at that moment: its rule may have ended it by then. */
export const runsAt = ({ tail }: TimeRecord, asOfMs: InstantMs | null): boolean =>
  asOfMs === null || tail?.closesAtMs === undefined || tail.closesAtMs > asOfMs;

/** What is open in the log, the longest first. */
export const openRecords = (
  rows: Pick<RowReader, 'records'>,
  portion: { readonly after?: RecordPlace; readonly limit?: number } = {},
): Promise<readonly TimeRecord[]> => rows.records({ open: true, ...portion });
