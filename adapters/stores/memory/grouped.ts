/** A table in memory: rows by group and key, every change of which can be taken back. */

/** Told of every change how to take it back; in the order of the changes. */
export type Journal = (undo: () => void) => void;

export interface Grouped<Row extends object> {
  get(group: string, key: string): Row | undefined;
  set(group: string, key: string, row: Row): void;
  delete(group: string, key: string): void;
  /** The rows of a group, in no order. */
  of(group: string): readonly Row[];
  all(): readonly Row[];
}

/** One-to-one, whatever the parts contain. */
export const groupName = (...parts: readonly string[]): string => JSON.stringify(parts);

export const grouped = <Row extends object>(journal: Journal): Grouped<Row> => {
  const groups = new Map<string, Map<string, Row>>();
  const get = (group: string, key: string) => groups.get(group)?.get(key);
  const write = (group: string, key: string, row: Row | undefined): void => {
    const rows = groups.get(group) ?? new Map<string, Row>();
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
    if (rows.size === 0) groups.delete(group);
    else groups.set(group, rows);
  };
  const change = (group: string, key: string, row: Row | undefined): void => {
    const former = get(group, key);
    journal(() => write(group, key, former));
    write(group, key, row);
  };
  return {
    get,
    set: change,
    delete: (group, key) => change(group, key, undefined),
    of: (group) => [...(groups.get(group)?.values() ?? [])],
    all: () => [...groups.values()].flatMap((rows) => [...rows.values()]),
  };
};
