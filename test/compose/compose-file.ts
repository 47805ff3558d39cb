/** The compose file, read as its specification says it: what it may hold here, and which services a profile starts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../house/tree.ts';

/** Compose writes lengths of time like Go does. */
const Length = z.string().regex(/^(\d+(h|m|s|ms))+$/);

/** The keys of the specification that are used here; a misspelt one is no key of it. */
const Service = z.strictObject({
  build: z.string().optional(),
  image: z.string(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  ports: z.array(z.string().regex(/^([\d.]+:)?\d+:\d+$/)).optional(),
  environment: z.record(z.string().regex(/^[A-Z_]+$/), z.union([z.string(), z.number()])).optional(),
  init: z.boolean().optional(),
  user: z.string().optional(),
  read_only: z.boolean().optional(),
  privileged: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  tmpfs: z.array(z.string()).optional(),
  volumes: z.array(z.string().regex(/^[a-z-]+:\/[a-z/]+$/)).optional(),
  stop_grace_period: Length.optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
  healthcheck: z.strictObject({
    test: z.array(z.string()).min(2),
    interval: Length,
    timeout: Length,
    retries: z.int().min(1),
    start_period: Length.optional(),
  }),
});
export type Service = z.infer<typeof Service>;

const ComposeFile = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
});
export type ComposeFile = z.infer<typeof ComposeFile>;

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Throws where the file is not what the specification allows. */
export const readCompose = (): ComposeFile => ComposeFile.parse(parse(textOf('docker-compose.yml')));

export const servicesUnder = ({ services }: ComposeFile, profile: string | undefined): readonly string[] =>
  Object.entries(services)
    .filter(([, { profiles }]) => !profiles || (profile !== undefined && profiles.includes(profile)))
    .map(([name]) => name)
    .toSorted();

/** The instructions of the Dockerfile with their words. */
export const readDockerfile = (): readonly (readonly [instruction: string, words: string])[] =>
  textOf('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .flatMap((line) => {
      const [, instruction, words] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
      return instruction === undefined || words === undefined ? [] : [[instruction, words] as const];
    });
