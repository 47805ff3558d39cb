/** Shares of a whole: a percentage that does not lie at its ends, and a bar. */

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * `12.5 %`. A part that is not nothing never reads 0.0 %, and one that is not everything never reads 100.0 %.
 * Of no whole there is no share: `–`.
 */
export const percent = (part: number, whole: number): string => {
  if (whole === 0) return '–';
  if (part !== 0 && part / whole < 0.0005) return '<0.1 %';
  if (part !== whole && part / whole >= 0.9995) return '>99.9 %';
  return `${((part / whole) * 100).toFixed(1)} %`;
};

/** A bar of at most `width` columns, in eighths of a column; anything above nothing shows at least one eighth. */
export const bar = (part: number, whole: number, width: number): string => {
  if (whole <= 0 || part <= 0) return '';
  const eighths = Math.max(1, Math.round(Math.min(1, part / whole) * width * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
};
