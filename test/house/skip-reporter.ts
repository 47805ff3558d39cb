/** The reporter that counts: it prints why each skipped test was skipped, and one plain closing line. */
import { existsSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export interface Outcome {
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly name: string;
  /** Why it was skipped, as given to `ctx.skip(reason)`. */
  readonly reason?: string;
}

/** A skip for this reason is no gap: a store differs, and its page says so. */
export const BY_DESIGN = 'by design: ';
/** Nobody promised that it is here: a real server beside the one that always answers. */
export const NOT_PROMISED = 'not promised: ';

/** Whether a skip is a failure where everything must be at hand. */
export const mustRun = ({ state, reason = '' }: Outcome): boolean =>
  state === 'skipped' && ![BY_DESIGN, NOT_PROMISED].some((why) => reason.startsWith(why));

/** Where the real data must be at hand, a skip is a failure: it would hide that nothing was tested. */
export const skipsFail = (
  environment: Readonly<Record<string, string | undefined>>,
  shared: boolean,
): boolean => shared && ![undefined, '', '0', 'false'].includes(environment['CI']);

export const closingLine = (outcomes: readonly Outcome[]): string => {
  const count = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
};

export const skipLines = (outcomes: readonly Outcome[], fail: boolean): readonly string[] =>
  outcomes
    .filter((outcome) => outcome.state === 'skipped')
    .map(
      (outcome) =>
        `${fail && mustRun(outcome) ? 'skipped where it must run' : 'skipped'}: ${outcome.name}: ${outcome.reason ?? 'no reason given'}`,
    );

/** A file that did not load has no tests; it counts as one failure, so that the closing line never hides it. */
const outcomesOf = (module: TestModule): readonly Outcome[] => {
  const tests = [...module.children.allTests()].map((test): Outcome => {
    const result = test.result();
    if (result.state === 'skipped' && result.note !== undefined)
      return { state: 'skipped', name: test.fullName, reason: result.note };
    return { state: result.state === 'pending' ? 'failed' : result.state, name: test.fullName };
  });
  return module.errors().length > 0 ? [...tests, { state: 'failed', name: module.relativeModuleId }] : tests;
};

/** `shared` is the folder with the real data. */
export const skipReporter = (shared: string): Reporter => ({
  onTestRunEnd: (modules, unhandledErrors) => {
    const outcomes = modules.flatMap(outcomesOf);
    for (const error of unhandledErrors) outcomes.push({ state: 'failed', name: String(error.message) });
    const fail = skipsFail(process.env, existsSync(shared));
    const skips = skipLines(outcomes, fail);
    if (fail && outcomes.some(mustRun)) process.exitCode = 1;
    process.stdout.write([...skips, closingLine(outcomes), ''].join('\n'));
  },
});
