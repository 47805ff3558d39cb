/** Waiting for what a server or another thread will do: asked again and again; the time limit of the test is the limit. */
import { setImmediate } from 'node:timers/promises';

export const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await setImmediate();
};
