/** The fault: the log cannot be read when a rebuild begins, and its crew waits to be told of it. */
import { expect, it } from 'vitest';
import { memoryEventLog } from '../../adapters/stores/memory/index.ts';
import { rebuild } from '../../projections/index.ts';
import { LENS } from '../support/law-log.ts';
import { RICH_PLANS } from '../support/rich-plans.ts';

it('a rebuild that cannot begin lets go of its crew and then of its load', async () => {
  const told: string[] = [];
  const tells = (what: string) => async (): Promise<void> => void told.push(what);
  const crew = {
    begin: () => void told.push('begin'),
    deal: () => 0,
    starts: async () => [],
    pieces: async () => [],
    done: tells('done'),
    dismiss: tells('dismiss'),
  };
  const load = { put: tells('put'), finish: tells('finish'), abandon: tells('abandon') };
  const log = {
    ...(await memoryEventLog()),
    survey: () => Promise.reject(new Error('the log is gone')),
  };
  const request = { plan: RICH_PLANS.levels, lens: LENS, log, load, crew };
  await expect(rebuild(request)).rejects.toThrow('the log is gone');
  expect(told).toEqual(['dismiss', 'abandon']);
});
