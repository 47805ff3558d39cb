/** The witness of rebuilding: by however many threads, the real logs give the rows of catching up row by row. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startCrew } from '../../adapters/rebuild-thread.ts';
import { sqliteEventLog, sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import { catchUp, firstDifference, rebuild } from '../../projections/index.ts';
import { memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { importedOnce } from './imported.ts';
import { BANK, DISCO, HELPDESK } from './logs.ts';
import { dump, firstLineThatDiffers } from './rows.ts';
import { removeFolder, temporaryFolder } from './workspaces.ts';

describe.each([BANK, DISCO, HELPDESK])('$name, derived anew', (log) => {
  const plainly = importedOnce(log);
  afterAll(() => plainly.close());

  for (const threads of [0, 1, 3])
    it(`with ${threads} threads beside the main one`, async (context) => {
      const { workspace, ruling } = await plainly.of(context);
      const folder = await temporaryFolder();
      const logFile = join(workspace.folder, 'log.db');
      const own = await sqliteEventLog(logFile);
      const rows = await sqliteReadModels(join(folder, 'answers.db'));
      const slowly = await memoryReadModels();
      try {
        const { ruleSet } = ruling.plan;
        const load = await rows.load();
        const crew = threads === 0 ? undefined : startCrew({ logFile, ruleSet, load, threads });
        const state = await rebuild({ ...ruling, log: own, load, crew });
        expect(await catchUp({ ...ruling, log: own, rows: slowly })).toEqual(state);
        expect(await firstDifference(rows, slowly)).toBeUndefined();
        const wanted = await dump(slowly);
        expect(wanted.length).toBeGreaterThan(1000);
        expect(firstLineThatDiffers(await dump(rows), wanted)).toBeUndefined();
      } finally {
        await Promise.all([own.close(), rows.close(), slowly.close()]);
        await removeFolder(folder);
      }
    });
});
