/**
 * The generator: writes what the schemas say as files for others (JSON Schema, the catalogues in docs/).
 *
 * A program, not part of the room: nothing but the tests imports it, and it alone may use node: here.
 * `node schemas/generate.ts` writes; with `--check` it only says what has drifted, and fails.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CloudEvent } from './cloud-event.ts';
import { EVENT_TYPES, TickmarkEvent } from './event.ts';
import { Mapping } from './mapping.ts';
import { PublishedRecord } from './published-record.ts';
import { TimeRecord } from './record.ts';
import { PersonWeek, Report } from './report.ts';
import { RuleSet } from './rule-set.ts';
import { REJECTIONS, Signal } from './signal.ts';
import { SourcesFile } from './source.ts';

/** `input`: a file or message that people and systems write, defaults left out. `output`: what Tickmark answers. */
interface Publication {
  readonly file: string;
  readonly title: string;
  readonly schema: z.ZodType;
  readonly io: 'input' | 'output';
}

export const PUBLICATIONS: readonly Publication[] = [
  { file: 'cloud-event', title: 'CloudEvent', schema: CloudEvent, io: 'input' },
  { file: 'mapping', title: 'Mapping', schema: Mapping, io: 'input' },
  { file: 'person-week', title: 'PersonWeek', schema: PersonWeek, io: 'output' },
  { file: 'published-record', title: 'PublishedRecord', schema: PublishedRecord, io: 'output' },
  { file: 'report', title: 'Report', schema: Report, io: 'output' },
  { file: 'rule-set', title: 'RuleSet', schema: RuleSet, io: 'input' },
  { file: 'signal', title: 'Signal', schema: Signal, io: 'input' },
  { file: 'sources', title: 'Sources', schema: SourcesFile, io: 'input' },
  { file: 'tickmark-event', title: 'TickmarkEvent', schema: TickmarkEvent, io: 'output' },
  { file: 'time-record', title: 'TimeRecord', schema: TimeRecord, io: 'output' },
];

/** Sorted keys: the file changes when the schema does, and only then. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};

const jsonSchema = ({ file, title, schema, io }: Publication): string => {
  const body = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    // A text that is coerced may be written as a number: `none: -100`.
    override: ({ zodSchema, jsonSchema: made }) => {
      const { def } = zodSchema._zod;
      if (io === 'input' && 'coerce' in def && def.coerce === true)
        made.type = ['string', 'number', 'boolean'];
    },
  });
  const published = { ...body, $id: `https://tickmark.dev/schemas/${file}.json`, title };
  return `${JSON.stringify(sorted(published), null, 2)}\n`;
};

const GENERATED = '<!-- Written by `npm run schemas`; edit schemas/ instead. -->';

const isOptional = (schema: z.core.$ZodType): boolean => z.safeParse(schema, undefined).success;

const eventsPage = (): string => {
  const rows = Object.entries(EVENT_TYPES).map(([type, { kind, testimony, data }]) => {
    const fields = Object.entries<z.core.$ZodType>(data.shape).map(
      ([field, schema]) => `\`${field}\`${isOptional(schema) ? '?' : ''}`,
    );
    return `| \`${type}\` | ${kind} | ${testimony} | ${fields.join(', ')} |`;
  });
  return [
    '# Events',
    GENERATED,
    'Every event type that the log can hold. An event is a fact in the past tense, about one subject, with its\nprovenance; it is never changed and never removed. `?` marks a field that may be absent.',
    'Testimony `signal`: a system saw it happen. `person`: somebody said so, and the time it bounds is `declared`.',
    'Fields that end in `Ms` are whole numbers of milliseconds: `fromMs` and `toMs` since 1970-01-01T00:00:00Z,\n`durationMs` and `claimedMs` a length. `attributes` are texts by name, `over` shares by name\n(`{"north": "62.5%", "south": 37.5}`), `evidence` a list of subjects; everything else is text.',
    '`timedBy: "receipt"` says that the source tells no time, so that the fact happened when we heard of it: what it\nbounds is `inferred`; `plan` that it was planned so and nobody has seen it happen: what it bounds is `declared`. A source that corrects itself tells a fact again with a higher `revision`: its last word about\nthe same id, type and subject counts, and the others stay in the log. Of people and sources every word holds.',
    ['| type | subject | testimony | data |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
};

const errorsPage = (): string => {
  const rows = Object.entries(REJECTIONS).map(([code, sentence]) => `| \`${code}\` | ${sentence} |`);
  return [
    '# Rejections',
    GENERATED,
    'A signal that cannot become events is kept as a dead letter with one of these codes; the rest goes on. The codes\nare stable: scripts may rely on them.',
    ['| code | what is wrong |', '|---|---|', ...rows].join('\n'),
    '`tickmark deadletters ls` lists the letters, `tickmark deadletters show` prints one with its raw signal, and\n`tickmark deadletters retry` translates them again after the mapping or the source was mended.',
  ].join('\n\n');
};

/** Every generated file: its path from the root of the repository, and its text. */
export const generated = (): ReadonlyMap<string, string> =>
  new Map([
    ...PUBLICATIONS.map((item): [string, string] => [
      `schemas/json/${item.file}.schema.json`,
      jsonSchema(item),
    ]),
    ['docs/events.md', `${eventsPage()}\n`],
    ['docs/errors.md', `${errorsPage()}\n`],
  ]);

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const read = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8') : undefined;

/** Schema files that nothing makes any more. */
const leftovers = (files: ReadonlyMap<string, string>, root: string): readonly string[] => {
  const folder = join(root, 'schemas/json');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => `schemas/json/${name}`)
    .filter((path) => !files.has(path));
};

/** One line for every file that is not what the schemas say. */
export const drift = (root: string): readonly string[] => {
  const files = generated();
  const differing = [...files].flatMap(([path, text]) => {
    const found = read(join(root, path));
    if (found === text) return [];
    return [found === undefined ? `${path} is missing` : `${path} is not what the schemas say`];
  });
  return [...differing, ...leftovers(files, root).map((path) => `${path} is made by nothing`)];
};

export const write = (root: string): void => {
  const files = generated();
  for (const path of leftovers(files, root)) rmSync(join(root, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};

const main = (): void => {
  if (!process.argv.includes('--check')) {
    write(ROOT);
    return;
  }
  const lines = drift(ROOT);
  for (const line of lines) process.stderr.write(`${line}: run npm run schemas\n`);
  if (lines.length > 0) process.exitCode = 1;
};

if (import.meta.main) main();
