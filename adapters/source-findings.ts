/** What can be wrong with `sources.yaml` beyond its shape: names that must exist, and what does not go together. */
import { z } from 'zod';
import { didYouMean } from '../schemas/nearest.ts';
import type { Proof, Source, SourcesFile, Webhook } from '../schemas/source.ts';
import type { AnyVendor } from './dialects/reading/vendor.ts';
import { type Finding, findingsOf } from './yaml-findings.ts';

type Vendors = ReadonlyMap<string, AnyVendor>;

/** Dialects that are no vendor's: our own, and somebody's export read through a mapping. */
const OURS = ['mapping', 'tickmark'] as const;
const NO_OPTIONS = z.strictObject({});

/** The sender signs the address that it calls, which a proxy may have changed. */
const SIGNS_THE_ADDRESS: ReadonlySet<Proof> = new Set(['twilio', 'hubspot'] as const);

const isOurs = (dialect: string): boolean => OURS.some((name) => name === dialect);

const dialectFindings = ({ dialect }: Source, vendors: Vendors): readonly Finding[] => {
  if (isOurs(dialect) || vendors.has(dialect)) return [];
  const known = [...OURS, ...vendors.keys()];
  return [{ path: ['dialect'], message: `there is no dialect "${dialect}"${didYouMean(dialect, known)}` }];
};

const optionFindings = ({ dialect, options }: Source, vendors: Vendors): readonly Finding[] => {
  const schema = isOurs(dialect) ? NO_OPTIONS : vendors.get(dialect)?.options;
  const parsed = schema?.safeParse(options);
  if (!schema || !parsed || parsed.success) return [];
  return findingsOf(parsed.error, options, schema).map((finding) => ({
    ...finding,
    path: ['options', ...finding.path],
  }));
};

const mappingFindings = ({ dialect, mapping }: Source): readonly Finding[] => {
  if (dialect === 'mapping' && mapping === undefined)
    return [
      { path: [], message: 'the dialect mapping needs "mapping": the file that says what messages mean' },
    ];
  if (dialect !== 'mapping' && mapping !== undefined)
    return [{ path: ['mapping'], message: `"mapping" goes with dialect: mapping, not with ${dialect}` }];
  return [];
};

const withProof = (proof: Proof, { url, header }: Webhook): readonly Finding[] => {
  const path = ['webhook'];
  if (SIGNS_THE_ADDRESS.has(proof) && url === undefined)
    return [{ path, message: `${proof} signs the address that it calls: say it with "url"` }];
  if (proof !== 'shared-secret' && header !== undefined)
    return [
      { path: [...path, 'header'], message: `"header" goes with proof: shared-secret, not with ${proof}` },
    ];
  return [];
};

const webhookFindings = ({ dialect, webhook }: Source, vendors: Vendors): readonly Finding[] => {
  if (!webhook) return [];
  const proof = webhook.proof ?? vendors.get(dialect)?.proof;
  if (proof !== undefined) return withProof(proof, webhook);
  const message = `${dialect} signs nothing by itself: say how its sender is known, for instance proof: shared-secret`;
  return [{ path: ['webhook'], message }];
};

const findingsIn = (source: Source, vendors: Vendors): readonly Finding[] =>
  [
    dialectFindings(source, vendors),
    optionFindings(source, vendors),
    mappingFindings(source),
    webhookFindings(source, vendors),
  ].flat();

/** Two systems that number their tickets from 1 would otherwise work on one ticket 11. */
const clashes = ({ sources }: SourcesFile, vendors: Vendors): readonly Finding[] => {
  const numbering = Object.entries(sources).map(([name, { dialect, system }]) => ({
    name,
    system,
    kinds: vendors.get(dialect)?.numbers ?? [],
  }));
  return numbering.flatMap(({ name, system, kinds }) => {
    if (system !== undefined) return [];
    const [other] = numbering.filter(
      (one) => one.name !== name && one.kinds.some((kind) => kinds.includes(kind)),
    );
    if (!other) return [];
    const shared = kinds.filter((kind) => other.kinds.includes(kind)).join(', ');
    const message = `${name} and ${other.name} both number their own (${shared}): name the system of each with "system"`;
    return [{ path: [name], message }];
  });
};

/** Topics are on a cluster, and a topic has one source: nobody could tell whose a message is. */
const topicFindings = ({ kafka, sources }: SourcesFile): readonly Finding[] => {
  // What is read from where it was written comes round and round.
  const owners = new Map([
    [kafka?.deadLetterTopic, 'the dead letters'],
    [kafka?.timeRecordTopic, 'the time records'],
  ]);
  return Object.entries(sources).flatMap(([name, { kafka: door }]) => {
    if (!door) return [];
    const path = [name, 'kafka'];
    if (!kafka)
      return [
        {
          path,
          message: 'topics are on a cluster: say which at the top, with "kafka: { brokers: [host:port] }"',
        },
      ];
    return door.topics.flatMap((topic, index) => {
      const other = owners.get(topic);
      owners.set(topic, name);
      if (other === undefined) return [];
      return [
        {
          path: [...path, 'topics', index],
          message: `the topic ${topic} is of ${other} already: a topic has one source`,
        },
      ];
    });
  });
};

/** Copies bear the keys of what they are copies of, which in a compacted topic would take the place of records. */
const clusterFindings = ({ kafka }: SourcesFile): readonly Finding[] =>
  kafka?.timeRecordTopic === undefined || kafka.timeRecordTopic !== kafka.deadLetterTopic
    ? []
    : [
        {
          path: ['kafka', 'timeRecordTopic'],
          message: `the topic ${kafka.timeRecordTopic} is of the dead letters already: time records have a topic of their own`,
        },
      ];

export const sourceFindings = (file: SourcesFile, vendors: Vendors): readonly Finding[] => [
  ...clusterFindings(file),
  ...[
    ...Object.entries(file.sources).flatMap(([name, source]) =>
      findingsIn(source, vendors).map((finding) => ({ ...finding, path: [name, ...finding.path] })),
    ),
    ...clashes(file, vendors),
    ...topicFindings(file),
  ].map((finding) => ({ ...finding, path: ['sources', ...finding.path] })),
];
