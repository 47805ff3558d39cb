/** The sources that `sources.yaml` names, opened: each with its dialect as it speaks it, and with what its doors need. */
import { dirname, resolve } from 'node:path';
import { durationOf } from '../schemas/duration.ts';
import type { KafkaSettings } from '../schemas/kafka.ts';
import type { Mapping } from '../schemas/mapping.ts';
import { didYouMean } from '../schemas/nearest.ts';
import type { Dialect } from '../schemas/signal.ts';
import { type Proof, type Source, SourcesFile } from '../schemas/source.ts';
import type { AnyVendor } from './dialects/reading/vendor.ts';
import type { Zones } from './dialects/reading/local-zone.ts';
import { InputError } from './input-error.ts';
import { sourceFindings } from './source-findings.ts';
import { problemText, readYaml } from './yaml-file.ts';

/** The dialects that a source may speak, handed in: this room knows none. */
export interface Languages {
  readonly vendors: ReadonlyMap<string, AnyVendor>;
  readonly zones: Zones;
  /** Our own CloudEvents. */
  readonly tickmark: Dialect;
  readMapping(path: string): Promise<Mapping>;
  eventlog(mapping: Mapping): Dialect;
  /** The dialect as one source speaks it. */
  inSource(dialect: Dialect, naming: Pick<Source, 'system' | 'people' | 'bots'>): Dialect;
}

/** The door of a webhook. Its secrets are named and not held: who opens the door looks them up. */
export interface WebhookDoor {
  readonly proof: Proof;
  /** The environment variables that hold them. */
  readonly secretNames: readonly string[];
  readonly url: string | undefined;
  readonly header: string;
  readonly toleranceMs: number;
}

/** The topics that are its. */
export interface KafkaDoor {
  readonly topics: readonly string[];
  readonly cluster: KafkaSettings;
}

export interface OpenSource {
  readonly name: string;
  readonly dialect: Dialect;
  /** How a file of its messages is read: `json` is one of them, or one a line, whatever a message is. */
  readonly format: Mapping['format'];
  /** Whether rows that are equal are several events. */
  readonly keepDuplicates: boolean;
  readonly system: string | undefined;
  readonly webhook: WebhookDoor | undefined;
  readonly kafka: KafkaDoor | undefined;
}

/** By their names. */
export type Sources = ReadonlyMap<string, OpenSource>;

const DEFAULT_HEADER = 'X-Tickmark-Secret';
const DEFAULT_TOLERANCE = '5m';

const webhookOf = ({ webhook }: Source, vendor: AnyVendor | undefined): WebhookDoor | undefined => {
  const proof = webhook?.proof ?? vendor?.proof;
  if (!webhook || proof === undefined) return undefined;
  return {
    proof,
    secretNames: webhook.secrets.map(({ env }) => env),
    url: webhook.url,
    header: webhook.header ?? DEFAULT_HEADER,
    toleranceMs: durationOf(webhook.tolerance ?? DEFAULT_TOLERANCE),
  };
};

/** A member of a batch keeps the name of the source that sent it: what the source calls itself goes into the ids. */
const splitWithin = ({ split, ...dialect }: Dialect): Dialect => ({
  ...dialect,
  ...(split ? { split: (signal) => split(signal).map((one) => ({ ...one, source: signal.source })) } : {}),
});

type Spoken = Pick<OpenSource, 'dialect' | 'format' | 'keepDuplicates'>;

/** Messages come one at a time; a row means nothing without the header of its file. */
const checkRows = (name: string, source: Source, { format }: Mapping): void => {
  if (format === 'json' || format === 'ndjson' || (!source.webhook && !source.kafka)) return;
  throw new InputError(
    `the source ${name} sends messages one at a time, and its mapping ${source.mapping} reads ${format}: a mapping of messages has "format: json"`,
  );
};

const spokenBy = async (
  name: string,
  source: Source,
  languages: Languages,
  folder: string,
): Promise<Spoken> => {
  const { vendors, zones, tickmark } = languages;
  if (source.mapping === undefined) {
    const dialect = vendors.get(source.dialect)?.open(source.options, zones) ?? tickmark;
    return { dialect: splitWithin(dialect), format: 'json', keepDuplicates: false };
  }
  const mapping = await languages.readMapping(resolve(folder, source.mapping));
  checkRows(name, source, mapping);
  const { format, duplicates } = mapping;
  return { dialect: languages.eventlog(mapping), format, keepDuplicates: duplicates === 'keep' };
};

/** Throws InputError, with the place of every mistake, for a file that is not as it must be. */
const readSourcesFile = async (path: string, { vendors }: Languages): Promise<SourcesFile> => {
  const read = await readYaml(path, SourcesFile, (file) => sourceFindings(file, vendors));
  if (read.ok) return read.value;
  throw new InputError(`${path} is no usable file of sources:`, read.problems.map(problemText));
};

/** The cluster of the file, whether or not a source has topics on it. Throws InputError as `readSources` does. */
export const readCluster = async (path: string, languages: Languages): Promise<KafkaSettings | undefined> =>
  (await readSourcesFile(path, languages)).kafka;

/** Throws InputError, with the place of every mistake, for a file that is not as it must be. Secrets are not looked at. */
export const readSources = async (path: string, languages: Languages): Promise<Sources> => {
  const { vendors } = languages;
  const file = await readSourcesFile(path, languages);
  const sources = new Map<string, OpenSource>();
  const { kafka: cluster } = file;
  for (const [name, source] of Object.entries(file.sources)) {
    const spoken = await spokenBy(name, source, languages, dirname(path));
    sources.set(name, {
      ...spoken,
      name,
      dialect: languages.inSource(spoken.dialect, source),
      system: source.system,
      webhook: webhookOf(source, vendors.get(source.dialect)),
      kafka: source.kafka && cluster ? { ...source.kafka, cluster } : undefined,
    });
  }
  return sources;
};

/** A dialect as it is without options. Throws InputError where there is none of this name. */
export const dialectNamed = (name: string, { vendors, zones, tickmark }: Languages): Dialect => {
  if (name === tickmark.name) return tickmark;
  const vendor = vendors.get(name);
  if (vendor) return vendor.open({}, zones);
  const known = [tickmark.name, ...vendors.keys()];
  throw new InputError(`there is no dialect "${name}"${didYouMean(name, known)}`);
};
