/** A snapshot of the answers: what is read in it is of one commit, while another connection goes on writing. */
import { afterAll, expect, it } from 'vitest';
import { sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import { isoWeek } from '../../schemas/brand.ts';
import { sampleWeek } from './store-samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const WEEK = isoWeek('2026-W01');

it('a snapshot shows no commit that comes after its first read', async () => {
  const file = temporary.fresh('answers.db');
  const [reader, writer] = [await sqliteReadModels(file), await sqliteReadModels(file)];
  const put = (actor: string): Promise<void> => {
    const row = sampleWeek(actor, WEEK);
    return writer.transact((rows) => rows.putPersonWeek(row.actor, WEEK, [row]));
  };
  await put('ann');
  const people = await reader.snapshot?.(async (rows) => {
    const before = await rows.personWeeks(WEEK);
    await put('bob');
    return [before, await rows.personWeeks(WEEK)].map((weeks) => weeks.map(({ actor }) => actor));
  });
  expect(people).toEqual([['ann'], ['ann']]);
  expect((await reader.personWeeks(WEEK)).map(({ actor }) => actor)).toEqual(['ann', 'bob']);
  await reader.close();
  await writer.close();
});

it('a snapshot that fails lets the next one in', async () => {
  const answers = await sqliteReadModels(temporary.fresh('answers.db'));
  await expect(answers.snapshot?.(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await answers.snapshot?.((rows) => rows.weeks())).toEqual([]);
  await answers.close();
});

it('a long snapshot keeps no other read and no transaction waiting', async () => {
  const answers = await sqliteReadModels(temporary.fresh('answers.db'));
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const long = answers.snapshot?.(async (rows) => {
    await rows.weeks();
    await over;
    return rows.weeks();
  });
  expect(await answers.state()).toBeUndefined();
  const row = sampleWeek('ann', WEEK);
  await answers.transact((rows) => rows.putPersonWeek(row.actor, WEEK, [row]));
  expect(await answers.weeks()).toEqual([WEEK]);
  end();
  expect(await long).toEqual([]);
  await answers.close();
});
