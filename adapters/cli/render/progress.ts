/** Progress on stderr: one line that is redrawn on a terminal, JSON lines everywhere else. */
import { bar } from './share.ts';
import { clip } from './text-width.ts';

export type Extra = Readonly<Record<string, string | number>>;

export interface ProgressOptions {
  readonly stream: { write(text: string): unknown };
  readonly isTty: boolean;
  /** Milliseconds of any clock that does not go backwards. */
  readonly now: () => number;
  readonly label: string;
  /** Columns of the terminal; 80 when absent. */
  readonly width?: number;
}

export interface Progress {
  /** `total` 0 means unknown: no share and no remaining time are shown. Drawn at most ten times (JSON: once) a second. */
  update(done: number, total: number, extra?: Extra): void;
  end(summary: Extra): void;
}

const TTY_EVERY_MS = 100;
const JSON_EVERY_MS = 1_000;
const BAR_COLUMNS = 20;
const CLEAR_LINE = '\r\u001b[2K';

interface Status {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly elapsedMs: number;
  readonly extra: Extra;
}

/** Before this, a rate would say more about the first batch than about the work. */
const RATE_AFTER_MS = 50;

const perSecond = ({ done, elapsedMs }: Status): number | undefined =>
  elapsedMs >= RATE_AFTER_MS ? Math.round((done * 1_000) / elapsedMs) : undefined;

const remainingSeconds = ({ done, total, elapsedMs }: Status): number | undefined =>
  done > 0 && total > done && elapsedMs >= RATE_AFTER_MS
    ? Math.ceil(((total - done) * elapsedMs) / done / 1_000)
    : undefined;

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

const shareOf = ({ done, total }: Status): string => {
  const filled = bar(done, total, BAR_COLUMNS).padEnd(BAR_COLUMNS, '░');
  return `${filled} ${String(Math.floor((Math.min(done, total) / total) * 100)).padStart(3)} %`;
};

const extraText = (extra: Extra): readonly string[] =>
  Object.entries(extra).map(
    ([name, value]) => `${typeof value === 'number' ? grouped(value) : value} ${name}`,
  );

const ttyLine = (status: Status): string => {
  const rate = perSecond(status);
  const left = remainingSeconds(status);
  const known = status.total > 0;
  return [
    ...(known ? [`${status.label} ${shareOf(status)}`] : [status.label]),
    known ? `${grouped(status.done)}/${grouped(status.total)}` : grouped(status.done),
    ...(rate === undefined ? [] : [`${grouped(rate)}/s`]),
    ...(left === undefined ? [] : [`${clockOf(left)} left`]),
    ...extraText(status.extra),
  ].join('  ');
};

const jsonLine = (status: Status): string => {
  const known = status.total > 0;
  return JSON.stringify({
    progress: status.label,
    state: 'running',
    done: status.done,
    ...(known ? { total: status.total } : {}),
    elapsedMs: status.elapsedMs,
    perSecond: perSecond(status),
    secondsLeft: remainingSeconds(status),
    ...status.extra,
  });
};

const endLine = (label: string, summary: Extra, elapsedMs: number, isTty: boolean): string =>
  isTty
    ? [label, ...extraText(summary), `in ${(elapsedMs / 1_000).toFixed(1)} s`].join('  ')
    : JSON.stringify({ progress: label, state: 'done', elapsedMs, ...summary });

export const progress = ({ stream, isTty, now, label, width = 80 }: ProgressOptions): Progress => {
  const startedMs = now();
  const everyMs = isTty ? TTY_EVERY_MS : JSON_EVERY_MS;
  let drawnMs = Number.NEGATIVE_INFINITY;
  return {
    update: (done, total, extra = {}) => {
      const atMs = now();
      if (atMs - drawnMs < everyMs) return;
      drawnMs = atMs;
      const status = { label, done, total, elapsedMs: Math.round(atMs - startedMs), extra };
      stream.write(isTty ? `${CLEAR_LINE}${clip(ttyLine(status), width - 1)}` : `${jsonLine(status)}\n`);
    },
    end: (summary) => {
      const line = endLine(label, summary, Math.round(now() - startedMs), isTty);
      stream.write(isTty ? `${CLEAR_LINE}${line}\n` : `${line}\n`);
    },
  };
};
