/** What the projectors of the fault tests rule by: the standard rules, whatever lies in the place where they run. */
import { readRules } from '../../adapters/rule-file.ts';

export const RULING = await readRules(new URL('../../rules/standard.yaml', import.meta.url).pathname);
