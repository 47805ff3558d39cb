/** One or many: what a mapping may write as a single value or as a list. */

type CellValue = string | number | boolean;

/** One or many columns, or values as YAML reads them (a number, true), as texts. */
export const listed = (values: CellValue | readonly CellValue[] | undefined): readonly string[] => {
  if (values === undefined) return [];
  return typeof values === 'object' ? values.map((value) => String(value).trim()) : [String(values).trim()];
};
