/** Cells: what a database gives back, checked to be what was written. */

const wrong = (expected: string, cell: unknown): Error =>
  new Error(`the database holds ${cell === null ? 'nothing' : typeof cell} where ${expected} belongs`);

export const integerCell = (cell: unknown): number => {
  if (typeof cell !== 'number') throw wrong('an integer', cell);
  return cell;
};

export const textCell = (cell: unknown): string => {
  if (typeof cell !== 'string') throw wrong('text', cell);
  return cell;
};

/**
 * Reads JSON that a store wrote itself. The keys are no validation: events and rows were typed when they were
 * written; they tell a damaged or foreign row from one of ours.
 */
export const jsonOf = <Row extends object>(...keys: readonly string[]) => {
  const fits = (value: unknown): value is Row =>
    typeof value === 'object' && value !== null && keys.every((key) => key in value);
  return (value: unknown): Row => {
    if (!fits(value)) throw new Error(`the database holds a row without ${keys.join(', ')}`);
    return value;
  };
};

export const bodyOf = <Row extends object>(...keys: readonly string[]) => {
  const checked = jsonOf<Row>(...keys);
  return (cell: unknown): Row => {
    const value: unknown = JSON.parse(textCell(cell));
    return checked(value);
  };
};
