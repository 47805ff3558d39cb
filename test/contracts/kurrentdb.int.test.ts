/** The stores on KurrentDB pass their contracts: on the protocol emulator always, on a real server where there is one. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { kurrentdbEventLog } from '../../adapters/stores/kurrentdb/index.ts';
import { NOT_PROMISED } from '../house/skip-reporter.ts';
import { emulatedServer, realServer, type RunningServer } from '../support/kurrentdb/servers.ts';
import { ON_SERVERS } from './on-servers.ts';

const passes = (kind: string, start: () => Promise<RunningServer>): void => {
  describe(kind, () => {
    let server: RunningServer;
    beforeAll(async () => {
      server = await start();
      const log = await kurrentdbEventLog(server.connectionString);
      process.stdout.write(`KurrentDB: ${kind} answered; it says "${await log.ping()}"\n`);
      await log.close();
    });
    afterAll(() => server.stop());
    for (const suite of Object.values(ON_SERVERS.kurrentdb))
      suite({ name: `kurrentdb on ${kind}`, connectionString: () => server.connectionString });
  });
};

passes('the protocol emulator', emulatedServer);

const real = await realServer();
if (typeof real === 'string')
  it('the stores pass their contracts on a real server', (context) =>
    context.skip(`${NOT_PROMISED}no real KurrentDB: ${real}`));
else passes('a real server', async () => real);
