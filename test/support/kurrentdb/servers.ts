/** The servers that tests of KurrentDB run against: the emulator always, a real one where there is one. */
import { KurrentDbContainer } from '@testcontainers/kurrentdb';
import { getContainerRuntimeClient } from 'testcontainers';
import { startEmulator } from './start.ts';

export interface RunningServer {
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** As in docker-compose.yml. */
const IMAGE = 'kurrentplatform/kurrentdb:26.1.1';

export const emulatedServer = async (): Promise<RunningServer> => {
  const { connectionString, kill } = await startEmulator();
  return { connectionString, stop: kill };
};

const inContainer = async (): Promise<RunningServer> => {
  const container = await new KurrentDbContainer(IMAGE)
    .withEnvironment({ KURRENTDB_MAX_APPEND_SIZE: '16777216' })
    .start();
  return {
    connectionString: container.getConnectionString().replace(/^kurrentdb:/, 'esdb:'),
    stop: async () => void (await container.stop()),
  };
};

/** Why there is none, where there is none. */
export const realServer = async (): Promise<RunningServer | string> => {
  const url = process.env['TEST_KURRENTDB_URL'];
  if (url !== undefined && url !== '') return { connectionString: url, stop: async () => undefined };
  try {
    await getContainerRuntimeClient();
  } catch {
    return 'TEST_KURRENTDB_URL is not set, and no Docker is running';
  }
  try {
    return await inContainer();
  } catch (error) {
    return `Docker is running, but ${IMAGE} did not start: ${String(error)}`;
  }
};
