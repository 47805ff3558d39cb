/** Two stores with the same rows do not differ; the first finding that differs is named. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import { firstDifference } from '../../projections/index.ts';
import type { ReadModels } from '../../projections/ports.ts';
import type { Finding } from '../../schemas/audit.ts';
import { subjectId } from '../../schemas/brand.ts';
import { idOf, sampleFinding } from './store-samples.ts';

describe('the first difference of two sets of rows', () => {
  let before: ReadModels;
  let after: ReadModels;
  beforeEach(async () => {
    [before, after] = [await memoryReadModels(), await sqliteReadModels(':memory:')];
  });
  afterEach(() => Promise.all([before.close(), after.close()]));

  const put = (models: ReadModels, findings: readonly Finding[]) =>
    models.transact((rows) => rows.putFindings(subjectId('call-1'), findings));
  const own = [
    sampleFinding('call-1', { at: -5, code: 'orphan-end', event: idOf('x') }),
    sampleFinding('call-1', { code: 'overlap', record: '\uffff' }),
    sampleFinding('call-1', { code: 'overlap', record: '😀' }),
  ];

  it('is none where memory and SQLite hold the same findings', async () => {
    await put(before, own);
    await put(after, [...own].reverse());
    expect(await firstDifference(before, after)).toBeUndefined();
  });

  it.each([
    ['vanished', own, own.slice(1)],
    // By UTF-16 units it would lie behind the one that is in both.
    ['appeared', own.toSpliced(1, 1), own],
    [
      'changed',
      own,
      [...own.slice(0, 2), sampleFinding('call-1', { record: '😀', detail: 'three at once' })],
    ],
  ])('says that a finding %s', async (status, first, second) => {
    await put(before, first);
    await put(after, second);
    expect(await firstDifference(before, after)).toMatchObject({ table: 'finding', difference: { status } });
  });

  it('is a merge that went elsewhere', async () => {
    const merge = (models: ReadModels, into: string) =>
      models.transact((rows) => rows.putMerge(subjectId('call-1'), subjectId(into)));
    await merge(before, 'call-2');
    await merge(after, 'call-2');
    expect(await firstDifference(before, after)).toBeUndefined();
    await merge(after, 'call-3');
    expect(await firstDifference(before, after)).toMatchObject({
      table: 'merge',
      difference: { status: 'changed', key: 'call-1' },
    });
  });
});
