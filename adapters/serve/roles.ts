/** The roles of a process: what of the work it does. All of them in one, or each where there is room for it. */
import { didYouMean } from '../../schemas/nearest.ts';
import { InputError } from '../input-error.ts';
import type { Place } from '../workspace.ts';

/** In the order of the data: signals in, answers derived, questions answered. */
export const ROLES = ['intake', 'project', 'query'] as const;
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

/** Files have one process. */
export const checkRoles = (roles: Roles, { log, answers }: Place): void => {
  if (roles.size === ROLES.length || (log !== undefined && answers !== undefined)) return;
  throw new InputError(
    'SQLite in a data folder is for one process, which has every role: leave --role out, or name servers with TICKMARK_LOG and TICKMARK_ANSWERS',
  );
};
