/** The compose file before the client of Docker, where it has compose; elsewhere before its specification alone. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { readCompose, servicesUnder } from './compose-file.ts';

const PROFILES = [undefined, 'kafka', 'kurrentdb', 'postgres', 'full'];

const runs = (command: readonly string[], ...args: readonly string[]) => {
  const [program = '', ...first] = command;
  return spawnSync(program, [...first, ...args], { cwd: ROOT, encoding: 'utf8' });
};

const client = [['docker', 'compose'], ['docker-compose']].find(
  (command) => runs(command, 'version').status === 0,
);
const judge = client?.join(' ') ?? 'its specification: this machine has no docker compose';

it.each(PROFILES)(`under the profile %s it is accepted by ${judge}`, (profile) => {
  const expected = servicesUnder(readCompose(), profile);
  expect(expected).toContain('tickmark');
  if (!client) return;
  const under = profile === undefined ? [] : ['--profile', profile];
  const checked = runs(client, ...under, 'config', '--quiet');
  expect(checked.stderr).toBe('');
  expect(checked.status).toBe(0);
  const listed = runs(client, ...under, 'config', '--services');
  expect(listed.stdout.trim().split('\n').toSorted()).toEqual(expected);
});
