/** The jars of a broker: fetched once by Maven, kept beside the installed packages. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../../house/tree.ts';

const POM = join(import.meta.dirname, 'pom.xml');

/** `TICKMARK_KAFKA_HOME` outlives `npm ci`, which empties the other one. */
const HOME = process.env['TICKMARK_KAFKA_HOME'] ?? join(ROOT, 'node_modules/.cache/kafka');
const LIBS = join(HOME, '4.1.1');

const runs = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { encoding: 'utf8', timeout: 240_000 });

const hasJava17 = (): boolean => {
  const [, major = '0'] = /version "(\d+)/.exec(runs('java', '-version').stderr) ?? [];
  return Number(major) >= 17;
};

const fetchTo = (folder: string): string | undefined => {
  const target = `-DoutputDirectory=${folder}`;
  const fetched = runs(
    'mvn',
    ...['--batch-mode', '--quiet', '--file', POM],
    ...['dependency:copy-dependencies', '-DincludeScope=runtime', target],
  );
  if (fetched.error) return 'there is no Maven: apt-get install maven';
  return fetched.status === 0 ? undefined : `Maven fetched no Kafka: ${fetched.stdout.slice(0, 500)}`;
};

/** The folder that holds them, or why there is none. */
export const kafkaJars = (): { readonly folder: string } | string => {
  if (!hasJava17()) return 'there is no Java 17: apt-get install openjdk-17-jre-headless';
  if (existsSync(LIBS)) return { folder: LIBS };
  mkdirSync(dirname(LIBS), { recursive: true });
  const fresh = mkdtempSync(`${LIBS}-`);
  const failure = fetchTo(fresh);
  // Whoever was faster has put the same there.
  if (failure === undefined && !existsSync(LIBS)) renameSync(fresh, LIBS);
  else rmSync(fresh, { recursive: true, force: true });
  return failure ?? { folder: LIBS };
};
