/** tickmark sources: the systems that send signals, as their file describes them. */
import { Command } from 'commander';
import type { KafkaSettings } from '../../../schemas/kafka.ts';
import { clusterFaults } from '../../source-secrets.ts';
import type { OpenSource } from '../../sources.ts';
import type { Context, ExitCode } from '../context.ts';
import { drawTable, row } from '../render/table.ts';

/** Where its signals come in. A file of its messages can always be imported. */
const doorsOf = ({ name, webhook, kafka }: OpenSource): string =>
  [
    ...(webhook ? [`POST /signals/${name} (${webhook.proof})`] : []),
    ...(kafka ? [`Kafka ${kafka.topics.join(', ')}`] : []),
    'import',
  ].join('; ');

/** What is sent: a sentence about it, and what keeps it from being so. */
const outgoingOf = ({ timeRecordTopic }: KafkaSettings, faults: readonly string[]): string =>
  `Time records are published to the topic ${timeRecordTopic} by tickmark serve${faults.length > 0 ? `, but ${faults.join('; ')}` : ''}.`;

const check = async ({ doors, terminal, environment }: Context, path: string): Promise<ExitCode> => {
  const sources = [...(await doors.readSources(path)).values()];
  const checked = sources.map((source) => ({
    source,
    faults: [
      ...doors.webhookFaults(source, environment),
      ...clusterFaults(source.kafka?.cluster, environment),
    ],
  }));
  const columns = ['Source', 'Dialect', 'System', 'Doors', 'Missing'].map((title) => ({
    title,
    wraps: true,
  }));
  const rows = checked.map(({ source, faults }) =>
    row(source.name, source.dialect.name, source.system ?? '', doorsOf(source), faults.join('; ')),
  );
  const { color, width, out, talk } = terminal;
  out(drawTable({ columns, rows }, { color, width }).join('\n'));
  const cluster = await doors.readCluster(path);
  const outgoing = cluster?.timeRecordTopic === undefined ? [] : clusterFaults(cluster, environment);
  if (cluster?.timeRecordTopic !== undefined) talk(outgoingOf(cluster, outgoing));
  const faulty = checked.filter(({ faults }) => faults.length > 0).length;
  if (faulty > 0)
    talk(`${faulty} of ${sources.length} cannot be served as they are (docs/webhooks.md, docs/kafka.md).`);
  return faulty > 0 || outgoing.length > 0 ? 2 : 0;
};

const checkCommand = (context: Context): Command =>
  new Command('check')
    .description(
      'Reads the file as `tickmark serve` would, with the secrets of this environment; serves nothing.',
    )
    .argument('<file>', 'the file of the sources')
    .addHelpText(
      'after',
      '\nExample:\n  $ tickmark sources check sources.yaml\nExit codes: 0 all can be served, 2 something is wrong or missing.',
    )
    .action(async (file: string) => context.exit(await check(context, file)));

export const sourcesCommand = (context: Context): Command =>
  new Command('sources')
    .summary('which systems send signals, and how they prove themselves')
    .description(
      'The sources that a file describes: what they speak, by which doors they come in, what is missing.',
    )
    .addCommand(checkCommand(context))
    .addHelpText('after', '\nExample:\n  $ tickmark sources check sources.yaml');
