/** SQL with `?` for values, as all stores share it, in the form that PostgreSQL reads. */

const known = new Map<string, string>();

/** No text of ours holds a question mark that is no value. */
export const numbered = (sql: string): string => {
  const before = known.get(sql);
  if (before !== undefined) return before;
  let count = 0;
  const after = sql.replaceAll('?', () => `$${(count += 1)}`);
  known.set(sql, after);
  return after;
};
