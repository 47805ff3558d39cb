/** What a translation tells, a fact a line: `2026-03-02 12:00:00 TicketPended ada (customer) status=pending`. */
import type { Translation } from '../../schemas/signal.ts';
import { eventsOf } from './signals.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** In UTC, with milliseconds where there are any; `receipt` where the source tells no time. */
const timeOf = (occurredAt: number, data: object): string =>
  'timedBy' in data
    ? 'receipt'
    : new Date(occurredAt).toISOString().replace('T', ' ').replace('.000Z', '').replace('Z', '');

/** `attributes`: those that are shown, in this order. */
export const factLines = (translation: Translation, attributes: readonly string[] = []): readonly string[] =>
  eventsOf(translation).map(({ type, occurredAt, data }) => {
    const { actor, status, reason, durationMs } = data as Readonly<Record<string, unknown>>;
    const labels = 'attributes' in data ? (data.attributes ?? {}) : {};
    const shown = [
      timeOf(occurredAt, data),
      type,
      textOf(actor),
      textOf(status) === '' ? '' : `[${textOf(status)}]`,
      textOf(reason) === '' ? '' : `(${textOf(reason)})`,
      typeof durationMs === 'number' ? `${durationMs / 1000}s` : '',
      ...attributes.map((name) => (labels[name] === undefined ? '' : `${name}=${labels[name]}`)),
    ];
    return shown.filter((part) => part !== '').join(' ');
  });
