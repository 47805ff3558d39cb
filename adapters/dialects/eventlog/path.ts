/** A path: where in a JSON message a column of a mapping is. `ticket.owner.id`, `items[0].sku`, `^.account`, `header.x-event-id`. */

/**
 * `element`: from the message itself, which is one element of a list where the mapping cuts deliveries with `each`.
 * `delivery`: from the document around it. `header`: a header of the message, in lower case.
 */
export type Path =
  | { readonly from: 'element' | 'delivery'; readonly steps: readonly string[] }
  | { readonly from: 'header'; readonly name: string };

const AROUND = '^.';
const HEADER = 'header.';

/** A name (`\.` is a dot within it), or the number of a member in brackets. */
const STEP = /^(?:\[(\d+)\]|((?:\\.|[^.[\]\\])+))/s;

/** The steps of `ticket.items[0].id`, or undefined where it is not written so. */
const stepsOf = (text: string): readonly string[] | undefined => {
  const steps: string[] = [];
  let rest = text;
  while (rest !== '' || steps.length === 0) {
    if (steps.length > 0 && rest.startsWith('.')) rest = rest.slice(1);
    else if (steps.length > 0 && !rest.startsWith('[')) return undefined;
    const [whole, index, name] = STEP.exec(rest) ?? [];
    if (whole === undefined) return undefined;
    steps.push(index ?? name?.replaceAll(/\\(.)/gs, '$1') ?? '');
    rest = rest.slice(whole.length);
  }
  return steps;
};

const HELP = 'write it like ticket.owner.id or items[0].id; a dot within a name is written \\.';

/** The path, or the sentence that says how it is written. */
export const pathOf = (column: string): Path | string => {
  if (column.startsWith(HEADER)) return { from: 'header', name: column.slice(HEADER.length).toLowerCase() };
  const isAround = column.startsWith(AROUND);
  const steps = stepsOf(isAround ? column.slice(AROUND.length) : column);
  if (!steps) return `"${column}" is no path: ${HELP}`;
  return { from: isAround ? 'delivery' : 'element', steps };
};

/** A name as a path writes it: its dots are no steps. */
export const stepText = (name: string): string => name.replaceAll(/[.[\]\\]/g, '\\$&');

/** The one spelling of a path, whichever way it was written: a member of a list as in `items[0]`. */
export const pathText = (steps: readonly string[]): string =>
  steps
    .map((step, at) => (/^\d+$/.test(step) && at > 0 ? `[${step}]` : `${at > 0 ? '.' : ''}${stepText(step)}`))
    .join('');

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isIndex = (step: string): boolean => /^\d{1,9}$/.test(step);

const stepInto = (value: unknown, step: string): unknown => {
  if (Array.isArray(value)) return isIndex(step) ? value[Number(step)] : undefined;
  // Only what the sender wrote: every object has a `constructor` of its own.
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
};

/** What the document has there; undefined where the way ends before. */
export const valueAt = (document: unknown, steps: readonly string[]): unknown =>
  steps.reduce(stepInto, document);
