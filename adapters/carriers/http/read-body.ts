/** The body of a request as signals: one event, a batch of them, one a line, or the data of one. */
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Signal } from '../../../schemas/signal.ts';
import type { Arrival } from '../../intake.ts';
import { decodeLines } from '../file/decode-lines.ts';
import { binaryEvent } from './binary-event.ts';

export interface Body {
  readonly bytes: Buffer;
  /** `lines`: one JSON text a line. `binary`: the data of a CloudEvent, whose attributes are headers. */
  readonly format: 'whole' | 'lines' | 'binary';
  readonly headers?: IncomingHttpHeaders;
  readonly dialect: string;
  /** Where the message names no source of its own. */
  readonly source: string;
  readonly receivedAt: InstantMs;
  /** The headers that its dialect asks for. */
  readonly fields?: Signal['fields'];
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

export const readBody = ({ bytes, format, headers = {}, ...from }: Body): readonly Arrival[] => {
  const signalOf = (raw: string): Signal => ({ ...from, origin: ORIGIN, raw });
  if (format === 'lines') return readLines(bytes, signalOf);
  if (!isUtf8(bytes))
    return [{ status: 'rejected', signal: signalOf(bytes.toString('latin1')), rejection: NOT_UTF8 }];
  const text = bytes.toString('utf8');
  return [{ status: 'signal', signal: signalOf(format === 'binary' ? binaryEvent(headers, text) : text) }];
};
