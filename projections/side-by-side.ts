/** Two lists that are ordered by the same key, side by side; memory does not grow with their length. */
import { compareText } from '../schemas/text-order.ts';

async function* flatten<Row>(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Row, undefined> {
  for await (const page of pages) yield* page;
  return undefined;
}

/** A list that has ended comes after everything. */
const compareKeys = (a: string | undefined, b: string | undefined): number => {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return compareText(a, b);
};

export type Pair<Left, Right> =
  | { readonly on: 'left'; readonly left: Left }
  | { readonly on: 'right'; readonly right: Right }
  | { readonly on: 'both'; readonly left: Left; readonly right: Right };

export async function* sideBySide<Left extends object, Right extends object>(
  left: AsyncIterable<readonly Left[]>,
  right: AsyncIterable<readonly Right[]>,
  keyOf: { readonly left: (row: Left) => string; readonly right: (row: Right) => string },
): AsyncIterable<Pair<Left, Right>> {
  const [lefts, rights] = [flatten(left), flatten(right)];
  let a = (await lefts.next()).value;
  let b = (await rights.next()).value;
  while (a !== undefined || b !== undefined) {
    const order = compareKeys(a && keyOf.left(a), b && keyOf.right(b));
    const [own, other] = [order <= 0 ? a : undefined, order >= 0 ? b : undefined];
    if (own && other) yield { on: 'both', left: own, right: other };
    else if (own) yield { on: 'left', left: own };
    else if (other) yield { on: 'right', right: other };
    if (own) a = (await lefts.next()).value;
    if (other) b = (await rights.next()).value;
  }
}
