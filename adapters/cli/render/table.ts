/** Aligned text tables for a terminal. */
import { type Look, paint, type Style } from './paint.ts';
import { type Align, clip, displayWidth, pad, printable, wrap } from './text-width.ts';

export interface Column {
  /** One or more lines of heading; the last line stands on the rule. */
  readonly title: string | readonly string[];
  readonly align?: Align;
  /** May be cut with an ellipsis when the table is wider than the terminal. */
  readonly flexible?: boolean;
  /** What is too long goes on below and is not cut. */
  readonly wraps?: boolean;
  readonly style?: Style;
}

/** `heading` names a group and `total` sums up: both bold. `rule` is a line across. A missing cell is empty. */
export type Row =
  | {
      readonly kind: 'row' | 'heading' | 'total';
      readonly cells: readonly string[];
      /** In place of the columns' own styles. */
      readonly styles?: readonly Style[];
    }
  | { readonly kind: 'rule' };

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Blanks between columns; 2 when absent. */
  readonly gap?: number;
}

export const row = (...cells: readonly string[]): Row => ({ kind: 'row', cells });
export const heading = (...cells: readonly string[]): Row => ({ kind: 'heading', cells });
export const totals = (...cells: readonly string[]): Row => ({ kind: 'total', cells });
export const rule: Row = { kind: 'rule' };

const DEFAULT_GAP = 2;
/** A flexible column is never cut below this. */
const NARROWEST = 8;

const headerLines = (column: Column): readonly string[] =>
  typeof column.title === 'string' ? [column.title] : column.title;

const cellsOf = (line: Row): readonly string[] => (line.kind === 'rule' ? [] : line.cells);

const naturalWidths = ({ columns, rows }: Table): readonly number[] =>
  columns.map((column, index) =>
    Math.max(
      ...headerLines(column).map(displayWidth),
      ...rows.map((line) => displayWidth(printable(cellsOf(line)[index] ?? ''))),
    ),
  );

const across = (widths: readonly number[], gap: number): number =>
  widths.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, widths.length - 1);

/** Columns that the table would take if nothing were cut. */
export const tableWidth = (table: Table): number => across(naturalWidths(table), table.gap ?? DEFAULT_GAP);

/** Takes what is too much from the widest flexible columns first, a column at a time. */
const fit = (table: Table, width: number): readonly number[] => {
  const widths = [...naturalWidths(table)];
  let excess = across(widths, table.gap ?? DEFAULT_GAP) - width;
  while (excess > 0) {
    const candidates = table.columns.flatMap((column, index) => (column.flexible === true ? [index] : []));
    const widest = candidates.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    const current = widest === undefined ? 0 : (widths[widest] ?? 0);
    if (widest === undefined || current <= NARROWEST) break;
    widths[widest] = current - 1;
    excess -= 1;
  }
  return widths;
};

const styleOf = (line: Row, column: Column | undefined, index: number): Style => {
  if (line.kind === 'heading' || line.kind === 'total') return 'bold';
  const own = line.kind === 'row' ? line.styles?.[index] : undefined;
  return own ?? column?.style ?? 'plain';
};

const drawLine = (table: Table, line: Row, widths: readonly number[], color: boolean): string => {
  const gap = ' '.repeat(table.gap ?? DEFAULT_GAP);
  if (line.kind === 'rule') return paint('─'.repeat(across(widths, gap.length)), 'dim', color);
  const cells = table.columns.map((column, index) => {
    const width = widths[index] ?? 0;
    return pad(clip(printable(line.cells[index] ?? ''), width), width, column.align ?? 'left');
  });
  const lastFilled = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells
    .slice(0, lastFilled + 1)
    .map((cell, index) => {
      const shown = index === lastFilled ? cell.trimEnd() : cell;
      return paint(shown, styleOf(line, table.columns[index], index), color);
    })
    .join(gap);
};

/** The lines that a row takes: one, or as many as the longest of its columns that wrap. */
const foldedRows = (table: Table, line: Row, widths: readonly number[]): readonly Row[] => {
  if (line.kind === 'rule') return [line];
  const cells = line.cells.map((cell, index) =>
    table.columns[index]?.wraps === true ? wrap(printable(cell), widths[index] ?? 0) : [cell],
  );
  const height = Math.max(1, ...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) => ({ ...line, cells: cells.map((own) => own[at] ?? '') }));
};

const headerRows = ({ columns }: Table): readonly Row[] => {
  const height = Math.max(0, ...columns.map((column) => headerLines(column).length));
  return Array.from({ length: height }, (_, line) =>
    row(
      ...columns.map((column) => {
        const lines = headerLines(column);
        return lines[line - (height - lines.length)] ?? '';
      }),
    ),
  );
};

/** The lines of the table: heading, rule, rows. No line ends in blanks; what does not fit into `width` is cut. */
export const drawTable = (table: Table, { color, width }: Look): readonly string[] => {
  const widths = fit(table, width);
  const plainColumns = {
    ...table,
    columns: table.columns.map((column) => ({ ...column, style: 'dim' as const })),
  };
  return [
    ...headerRows(table).map((line) => drawLine(plainColumns, line, widths, color)),
    drawLine(table, rule, widths, color),
    ...table.rows
      .flatMap((line) => foldedRows(table, line, widths))
      .map((line) => drawLine(table, line, widths, color)),
  ];
};
