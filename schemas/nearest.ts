/** The nearest known word to a mistyped one, for messages that say what to write instead. */

/** Edits (insert, delete, replace, exchange of neighbours) between two words, case ignored. */
const distance = (first: string, second: string): number => {
  const [a, b] = [[...first.toLowerCase()], [...second.toLowerCase()]];
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      const isSwap = i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === other;
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
};

/** ` (did you mean X?)`, or the whole list when nothing is near and the list is short, or nothing. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(word.slice(0, 60), candidate) }))
    .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1));
  const best = ranked[0];
  if (best && best.edits <= Math.max(2, Math.floor(best.candidate.length / 3)))
    return ` (did you mean ${best.candidate}?)`;
  return known.length > 0 && known.length <= 12 ? ` (known: ${known.join(', ')})` : '';
};
