/** The flags by which a person says who, why, and what it was about. */
import { ActorId, SubjectId } from '../../schemas/brand.ts';
import { Attributes } from '../../schemas/event.ts';
import { InputError } from '../input-error.ts';

export const readPerson = (flag: string, text: string): ActorId => {
  const parsed = ActorId.safeParse(text.trim());
  if (parsed.success) return parsed.data;
  throw new InputError(`${flag} takes the name of a person, 1 to 200 characters, not "${text}"`);
};

export const readSubject = (text: string): SubjectId => {
  const parsed = SubjectId.safeParse(text.trim());
  if (parsed.success) return parsed.data;
  throw new InputError(`"${text}" is no subject: it is written kind-id, for instance call-4711`);
};

/** Who says it, where that is not the person whose time it is. */
export const saidBy = (text: string | undefined): { readonly by?: ActorId } =>
  text === undefined ? {} : { by: readPerson('--by', text) };

export const reasonOf = (text: string | undefined): { readonly reason?: string } =>
  text === undefined ? {} : { reason: text };

export const noteOf = (text: string | undefined): { readonly note?: string } =>
  text === undefined ? {} : { note: text };

/** Gathers a flag that may be given more than once. */
export const gather = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** `customer=42` */
export const readPair = (flag: string, text: string): readonly [name: string, value: string] => {
  const at = text.indexOf('=');
  const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at > 0 && name !== '' && value !== '') return [name, value];
  throw new InputError(`${flag} takes name=value, for instance customer=42, not "${text}"`);
};

/** What the time was spent on, as attributes by which reports can be grouped. */
export const readAttributes = (
  about: string | undefined,
  pairs: readonly string[] = [],
): { readonly attributes?: Attributes } => {
  const entries = pairs.map((pair) => readPair('--attribute', pair));
  const all = about === undefined ? entries : [...entries, ['about', about] as const];
  if (all.length === 0) return {};
  const attributes = Attributes.safeParse(Object.fromEntries(all));
  if (attributes.success) return { attributes: attributes.data };
  throw new InputError('an attribute has a name of at most 60 characters and a value of at most 400');
};
