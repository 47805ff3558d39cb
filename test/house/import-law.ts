/** The import law as a question: which imports of a tree break it? */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { ROOMS } from './tree.ts';

const LAW = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IConfiguration;

export interface Breach {
  readonly law: string;
  readonly from: string;
  readonly to: string;
}

export interface Finding {
  readonly breaches: readonly Breach[];
  /** How many imports were looked at: a cruiser that sees none finds none. */
  readonly imports: number;
}

export const lawNames = (): readonly string[] => (LAW.forbidden ?? []).map(({ name }) => String(name));

export const breaches = async (root: string): Promise<Finding> => {
  const rooms = ROOMS.filter((room) => existsSync(join(root, room)));
  const { output } = await cruise(rooms, {
    ...LAW.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: LAW.forbidden ?? [] },
  });
  if (typeof output === 'string') throw new Error('the cruiser answered with text');
  return findingOf(output);
};

const findingOf = ({ summary }: ICruiseResult): Finding => ({
  breaches: summary.violations
    .map(({ rule, from, to }) => ({ law: rule.name, from, to }))
    .toSorted((a, b) => (`${a.law} ${a.from} ${a.to}` < `${b.law} ${b.from} ${b.to}` ? -1 : 1)),
  imports: summary.totalDependenciesCruised ?? 0,
});
