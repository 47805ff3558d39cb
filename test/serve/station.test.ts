/** The station: signals in, answers that follow, rules that change under them, stores that fail. */
import { afterEach, describe, expect, it } from 'vitest';
import { byName } from '../../adapters/dialect-of.ts';
import { openIntake } from '../../adapters/intake.ts';
import { applyRules } from '../../adapters/live.ts';
import { askReport } from '../../adapters/report-question.ts';
import type { Ruling } from '../../adapters/rule-file.ts';
import { checkRoles, readRoles } from '../../adapters/serve/roles.ts';
import { catchUp } from '../../projections/index.ts';
import { instantMs } from '../../schemas/brand.ts';
import { hourOf } from './hours.ts';
import { type StationRoom, rulingOf, stationRoom } from './room.ts';
import { DOORS } from '../../adapters/main.ts';

const RECEIVED = instantMs(Date.UTC(2020, 0, 7));
const HOUR_MS = 3_600_000;

const rooms: StationRoom[] = [];
const open: typeof stationRoom = async (...how) => {
  const room = await stationRoom(...how);
  rooms.push(room);
  return room;
};
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close();
});

const deliveryOf = (lines: readonly string[]) =>
  DOORS.readDelivery({ bytes: Buffer.from(lines.join('\n')), format: 'lines', receivedAt: RECEIVED });

/** Past the station, as another process would. */
const takeIn = ({ workspace }: StationRoom, ...lines: readonly string[]) =>
  openIntake({ ...workspace, dialectOf: byName(DOORS.tickmark) }).take(deliveryOf(lines));

const offer = ({ station }: StationRoom, ...lines: readonly string[]) => {
  if (!station.intake) throw new Error('no intake');
  return station.intake.offer(deliveryOf(lines));
};

/** Undefined while the answers are not derived. */
const sumMs = async ({ station }: StationRoom): Promise<number | undefined> =>
  (await station.read((answers) => askReport('week', {}, answers)))?.report.total.sumMs;

const untilSum = (room: StationRoom, expectedMs: number): Promise<void> =>
  room.until(`${expectedMs} ms are counted`, async () => (await sumMs(room)) === expectedMs);

describe('a station', () => {
  it('counts what it took in, without being asked to', async () => {
    const room = await open();
    await offer(room, ...hourOf('1', 9));
    await untilSum(room, HOUR_MS);
    await offer(room, ...hourOf('2', 11), ...hourOf('3', 14));
    await untilSum(room, 3 * HOUR_MS);
  });

  it('takes a repetition for what it is', async () => {
    const room = await open();
    await offer(room, ...hourOf('1', 9));
    const again = await offer(room, ...hourOf('1', 9));
    expect(again).toMatchObject({
      outcomes: [
        { appended: 0, duplicates: 1 },
        { appended: 0, duplicates: 1 },
      ],
    });
    await untilSum(room, HOUR_MS);
  });

  it('follows the rules: when others are applied, everything is derived anew under them', async () => {
    const room = await open(undefined, { fallback: rulingOf(2) });
    const [started = ''] = hourOf('1', 9);
    const [next = ''] = hourOf('2', 20);
    await offer(room, started, next);
    // No end came: two hours are what the rules supply.
    await untilSum(room, 2 * HOUR_MS);
    await applyRules(room.workspace, rulingOf(5), RECEIVED);
    await untilSum(room, 5 * HOUR_MS);
    expect((await room.workspace.answers.state())?.lens.ruleSet).toBe('tasks-5');
    expect(room.failures).toEqual([]);
  });

  it('passes over rules of the past while it derives anew', async () => {
    const room = await open();
    for (const hours of [3, 4, 6]) await applyRules(room.workspace, rulingOf(hours), RECEIVED);
    const [started = ''] = hourOf('1', 9);
    const [next = ''] = hourOf('2', 20);
    await offer(room, started, next);
    await untilSum(room, 6 * HOUR_MS);
    expect(room.failures).toEqual([]);
  });

  it('answers nothing under rules that its answers do not follow yet', async () => {
    const room = await open();
    await offer(room, ...hourOf('1', 9));
    await untilSum(room, HOUR_MS);
    await applyRules(room.workspace, rulingOf(5), RECEIVED);
    expect(await sumMs(room)).toBeUndefined();
    await untilSum(room, HOUR_MS);
  });
});

describe('a station that only answers', () => {
  const old = rulingOf(2);
  const applied = rulingOf(5);

  /** Five events, with the rules applied at position 2; the answers are what others have made of them. */
  const answersOf = async ({ lens }: Ruling, position: number): Promise<number | undefined> => {
    const room = await open(undefined, { fallback: old, roles: readRoles('query') });
    const { log, answers } = room.workspace;
    await takeIn(room, ...hourOf('1', 9));
    await applyRules(room.workspace, applied, RECEIVED);
    await takeIn(room, ...hourOf('2', 11));
    await catchUp({ ...applied, log, rows: answers });
    const horizonMs = RECEIVED;
    await answers.transact((rows) => rows.save({ lens, position, horizonMs, lastId: null }));
    return sumMs(room);
  };

  it.each([
    ['under the rules, up to the end', applied, 5, 2 * HOUR_MS],
    ['under the rules, up to their application', applied, 3, 2 * HOUR_MS],
    ['under the rules, but not up to their application', applied, 2, undefined],
    ['under former rules, up to the end', old, 5, undefined],
  ])('is careful with answers derived %s', async (_what, ruling, position, expected) => {
    expect(await answersOf(ruling, position)).toBe(expected);
  });
});

it('a station drains in order: what waits, the page in hand, the stores', async () => {
  const seen: string[] = [];
  const room = await open((workspace) => ({
    ...workspace,
    log: {
      ...workspace.log,
      append: async (appends) => (seen.push('append'), workspace.log.append(appends)),
    },
    follower: (following) => {
      const follower = workspace.follower(following);
      return { ...follower, stop: async () => (await follower.stop(), void seen.push('projector')) };
    },
    close: async () => (await workspace.close(), void seen.push('stores')),
  }));
  const waiting = offer(room, ...hourOf('1', 9));
  expect(room.station.drainSteps.map(({ name }) => name)).toEqual(['intake', 'projector', 'stores']);
  expect(room.station.drainSteps.reduce((sum, { mostMs }) => sum + mostMs, 0)).toBeLessThan(7_000);
  for (const { run } of room.station.drainSteps) await run();
  expect(await waiting).toMatchObject({ status: 'settled' });
  expect(await offer(room, ...hourOf('2', 9))).toEqual({ status: 'closed' });
  expect(seen).toEqual(['append', 'projector', 'stores']);
});

describe('the checks', () => {
  it('are one for each part, and name the figures', async () => {
    const room = await open();
    await offer(room, ...hourOf('1', 9));
    await untilSum(room, HOUR_MS);
    expect(await room.station.checks()).toEqual({
      log: { status: 'ok' },
      answers: { status: 'ok' },
      intake: { status: 'ok', waiting: 0 },
      projector: { status: 'ok', position: 2, lagEvents: null, sinceBeatMs: 0, restarts: 0 },
    });
  });

  it('tell of a log that takes nothing, and of its recovery', async () => {
    let isDown = true;
    const room = await open((workspace) => ({
      ...workspace,
      log: {
        ...workspace.log,
        append: async (appends) => {
          if (isDown) throw new Error('away');
          return workspace.log.append(appends);
        },
      },
    }));
    expect(await offer(room, ...hourOf('1', 9))).toEqual({ status: 'store-down' });
    expect((await room.station.checks()).intake).toMatchObject({ status: 'failed', waiting: 2 });
    isDown = false;
    await room.clock.pass(200);
    expect((await room.station.checks()).intake).toMatchObject({ status: 'ok' });
    expect(await offer(room, ...hourOf('1', 9))).toMatchObject({ status: 'settled' });
    await untilSum(room, HOUR_MS);
  });

  it('tell of a store that does not answer in time', async () => {
    const room = await open((workspace) => ({
      ...workspace,
      answers: { ...workspace.answers, state: () => new Promise(() => undefined) },
    }));
    const checking = room.station.checks();
    await room.clock.pass(2_000);
    expect((await checking).answers).toEqual({ status: 'failed', because: 'no answer within 2000 ms' });
  });

  it('tell of answers that cannot be written; they follow again when they can', async () => {
    let isDown = true;
    const room = await open((workspace) => {
      const { transact } = workspace.answers;
      workspace.answers.transact = (work) => (isDown ? Promise.reject(new Error('away')) : transact(work));
      return workspace;
    });
    await room.until('it failed', async () => room.failures.length > 0);
    expect((await room.station.checks()).projector).toMatchObject({ status: 'failed' });
    expect(await offer(room, ...hourOf('1', 9))).toMatchObject({ status: 'settled' });
    isDown = false;
    await room.clock.pass(30_000);
    await untilSum(room, HOUR_MS);
    expect((await room.station.checks()).projector).toMatchObject({ status: 'ok', position: 2 });
  });
});

describe('the roles of a process with its files', () => {
  const files = { folder: '/data' };

  it('are all of them, but that publishing may be left out', () => {
    expect(() => checkRoles(readRoles(undefined), files)).not.toThrow();
    expect(() => checkRoles(readRoles('intake,project,query'), files)).not.toThrow();
    expect(() => checkRoles(readRoles('intake,project,publish'), files)).toThrow('has every role');
  });
});
