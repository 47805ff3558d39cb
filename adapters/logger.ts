/** The log of the program itself: JSON lines to stderr, so that stdout is data only. */
import { destination, pino, stdSerializers } from 'pino';
import type { Config } from './config.ts';

export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
}

export const openLogger = (level: Config['logLevel']): Logger => {
  const stderr = destination({ fd: 2, sync: true });
  // A log that nobody reads any more must not end the process.
  stderr.on('error', () => undefined);
  return pino({ name: 'tickmark', level, serializers: { error: stdSerializers.err } }, stderr);
};
