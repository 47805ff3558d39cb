/** The body of a request as signals: one event, a batch of them, or one a line. */
import { isUtf8 } from 'node:buffer';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Signal } from '../../../schemas/signal.ts';
import type { Arrival } from '../../intake.ts';
import { decodeLines } from '../file/decode-lines.ts';

export interface Body {
  readonly bytes: Buffer;
  /** `lines`: one JSON text a line. */
  readonly format: 'whole' | 'lines';
  readonly dialect: string;
  /** Where the message names no source of its own. */
  readonly source: string;
  readonly receivedAt: InstantMs;
}

/** No place in the delivery: the same signal sent again in another batch is the same dead letter. */
const ORIGIN = 'http';

const NOT_UTF8 = {
  code: 'encoding',
  message:
    'the body is not UTF-8; the text kept here is its bytes read as Latin-1, one character a byte, so that none is lost',
} as const;

const readLines = (bytes: Buffer, signalOf: (raw: string) => Signal): readonly Arrival[] =>
  decodeLines({ kind: 'lines', bytes, readBytes: bytes.length }, 1, bytes.length).flatMap(
    ({ text, rejection }): readonly Arrival[] => {
      if (text.trim() === '') return [];
      const signal = signalOf(text.replace(/\r$/, ''));
      return [rejection ? { status: 'rejected', signal, rejection } : { status: 'signal', signal }];
    },
  );

export const readBody = ({ bytes, format, ...from }: Body): readonly Arrival[] => {
  const signalOf = (raw: string): Signal => ({ ...from, origin: ORIGIN, raw });
  if (format === 'lines') return readLines(bytes, signalOf);
  return isUtf8(bytes)
    ? [{ status: 'signal', signal: signalOf(bytes.toString('utf8')) }]
    : [{ status: 'rejected', signal: signalOf(bytes.toString('latin1')), rejection: NOT_UTF8 }];
};
