/** Processes that a file of tests starts, none of which outlives it. */
import { afterAll } from 'vitest';
import { type Served, startServe } from './served.ts';

/** `startServe` for the tests of a file: what it starts is killed after the last of them. */
export const startKept = (): typeof startServe => {
  const running: Served[] = [];
  afterAll(() => {
    for (const served of running) served.signal('SIGKILL');
  });
  return async (...how) => {
    const served = await startServe(...how);
    running.push(served);
    return served;
  };
};
