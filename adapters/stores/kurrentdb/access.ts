/** What a store on KurrentDB does its work with. */
import type { StopSignal } from '../../../projections/ports.ts';
import { type Connection, connect } from './connection.ts';
import { type KurrentdbOptions, type Settings, settingsOf } from './options.ts';

export interface Access {
  readonly connection: Connection;
  readonly settings: Settings;
  /** Aborts when the store is closed, or when nobody wants what is being done. */
  readonly closing: StopSignal;
}

export interface OwnAccess extends Access {
  /** Ends what waits, lets what is under way come to its end, and leaves the connection. Closing twice is allowed. */
  close(underWay: () => Promise<unknown>): Promise<void>;
}

export const openAccess = async (connectionString: string, options: KurrentdbOptions): Promise<OwnAccess> => {
  const settings = settingsOf(options);
  const connection = await connect(connectionString);
  const closing = new AbortController();
  return {
    connection,
    settings,
    closing: closing.signal,
    close: async (underWay) => {
      closing.abort();
      await underWay();
      await connection.release();
    },
  };
};
