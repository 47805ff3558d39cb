/**
 * A CloudEvent in binary mode: its attributes are headers, its data is the body. Told as one in structured mode, which
 * is what the log of signals knows. Source: CloudEvents 1.0.2, "HTTP Protocol Binding", 3.1 and 3.1.3.2.
 */
import type { IncomingHttpHeaders } from 'node:http';

const PREFIX = 'ce-';

/** What a header cannot hold is written by its code. */
const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** A header is always text. */
const valueOf = (name: string, text: string): string | number =>
  name === 'revision' && /^\d{1,15}$/.test(text) ? Number(text) : text;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Data that is no JSON is kept as the text that it is; no type of event takes that. */
const dataOf = (body: string): string => (isJson(body) ? body : JSON.stringify(body));

/** The text of the event: data stand in it as they came, digit by digit. */
export const binaryEvent = (headers: IncomingHttpHeaders, body: string): string => {
  const attributes = Object.entries(headers).flatMap(([header, value]) => {
    const name = header.slice(PREFIX.length);
    return header.startsWith(PREFIX) && name !== 'data' && typeof value === 'string'
      ? [`${JSON.stringify(name)}:${JSON.stringify(valueOf(name, decoded(value)))}`]
      : [];
  });
  const data = body.trim() === '' ? [] : [`"data":${dataOf(body)}`];
  return `{${[...attributes, ...data].join(',')}}`;
};
