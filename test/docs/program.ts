/** The program as the documentation meets it: run in this process, in a folder of its own, with its clock held still. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../adapters/cli/program.ts';
import type { Doors } from '../../adapters/doors.ts';
import { instantMs } from '../../schemas/brand.ts';
import { quietContext } from '../cli/quiet-context.ts';

/** The width of a stdout that is no terminal. */
const WIDTH = 110;
/** After every date in the pages that are imported. */
const NOW = instantMs(Date.UTC(2025, 2, 10, 12));

export interface Ran {
  readonly code: number;
  readonly out: string;
}

/** Runs `tickmark <words>`. A word that names a file of the folder means that file; paths are printed as they were typed. */
export const runIn = async (doors: Doors, folder: string, words: readonly string[]): Promise<Ran> => {
  const printed: string[] = [];
  const typed = words.map((word) => (existsSync(join(folder, word)) ? join(folder, word) : word));
  const context = quietContext({
    doors,
    dataFolder: join(folder, '.tickmark'),
    width: WIDTH,
    now: () => NOW,
    out: (text) => void printed.push(text),
  });
  const code = await runProgram(context, ['node', 'tickmark', ...typed]);
  const lines = printed.join('\n').replaceAll(`${folder}/`, '').split('\n');
  return { code, out: lines.map((line) => line.trimEnd()).join('\n') };
};

const closed = (): never => {
  throw new Error('nobody asking for help should open a door');
};

/** What `tickmark <words> --help` prints. */
export const helpOf = async (words: readonly string[]): Promise<string> => {
  const tickmark = { name: 'tickmark', version: 0, translate: closed };
  const doors: Doors = {
    isThere: () => true,
    openWorkspace: closed,
    readFile: closed,
    readDelivery: closed,
    checkPlace: closed,
    tickmark,
    eventlog: closed,
    readMapping: closed,
    readSources: closed,
    webhookFaults: closed,
    openWebhooks: closed,
    openKafka: closed,
    readCluster: closed,
    openRecordTopic: closed,
    checkFile: closed,
    dialectNamed: closed,
    unseenPaths: closed,
    emptyStores: closed,
    standardInput: closed,
    backup: closed,
    restore: closed,
    demoWeek: closed,
  };
  return (await runIn(doors, '/nowhere', [...words, '--help'])).out;
};
