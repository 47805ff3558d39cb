/** The roles of a process: what of the work it does. All of them in one, or each where there is room for it. */
import type { Share } from '../../projections/index.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import { InputError } from '../input-error.ts';
import type { Place } from '../workspace.ts';

/** In the order of the data: signals in, answers derived, records published where a topic is named, questions answered. */
export const ROLES = ['intake', 'project', 'publish', 'query'] as const;
export type Role = (typeof ROLES)[number];
export type Roles = ReadonlySet<Role>;

const isRole = (name: string): name is Role => ROLES.some((role) => role === name);

export const readRoles = (text: string | undefined): Roles => {
  const names = text === undefined ? ROLES : text.split(',').map((name) => name.trim());
  return new Set(
    names.map((name) => {
      if (isRole(name)) return name;
      throw new InputError(
        `--role takes some of ${ROLES.join(', ')}, with commas between, not "${name}"${didYouMean(name, ROLES)}`,
      );
    }),
  );
};

const SHARE = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/;

/** `2/4`: the second of four processes that derive the answers together. Undefined where one does it alone. */
export const readShare = (text: string | undefined): Share | undefined => {
  if (text === undefined) return undefined;
  const [, number = 0, of = 0] = (SHARE.exec(text) ?? []).map(Number);
  if (number >= 1 && number <= of) return { worker: number - 1, of };
  throw new InputError(`--worker takes which one of how many, for instance 2/4, not "${text}"`);
};

/** Several can write the answers only where a server keeps them apart. */
export const checkShare = (share: Share | undefined, roles: Roles, { log, answers }: Place): void => {
  if (share === undefined) return;
  if (!roles.has('project')) throw new InputError('--worker is for a process that has the role project');
  if (log === undefined || answers === undefined)
    throw new InputError(
      '--worker needs the log and the answers on servers: name them with TICKMARK_LOG and TICKMARK_ANSWERS',
    );
};

/** Publishing may be left out anywhere. */
const NEEDED = ['intake', 'project', 'query'] as const;

/** Files have one process. */
export const checkRoles = (roles: Roles, { log, answers }: Place): void => {
  if (NEEDED.every((role) => roles.has(role)) || (log !== undefined && answers !== undefined)) return;
  throw new InputError(
    'SQLite in a data folder is for one process, which has every role: leave --role out, or name servers with TICKMARK_LOG and TICKMARK_ANSWERS',
  );
};
