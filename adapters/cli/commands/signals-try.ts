/** tickmark signals try: what would come out of messages, before anything is kept. */
import { Command } from 'commander';
import type { Mapping } from '../../../schemas/mapping.ts';
import { InputError } from '../../input-error.ts';
import type { Arrival } from '../../intake.ts';
import { layoutOf } from '../../layout.ts';
import { NO_TOTALS, type Rehearsed, type Totals, addRehearsed, openRehearsal } from '../../rehearsal.ts';
import { type Context, type SourcesOption, readSourcesOf } from '../context.ts';
import { type FileSource, mappedFile, requestFor, sourceFile } from '../file-source.ts';
import { SOURCES_FLAG, readWholeNumber } from '../flags.ts';
import { localTime } from '../local-time.ts';
import { counted } from '../render/figures.ts';
import { rejectionsText, totalsText, triedJson, triedTable } from '../render/tried.ts';

interface TryOptions extends SourcesOption {
  readonly dialect?: string;
  readonly source?: string;
  readonly header: readonly string[];
  readonly limit: string;
  readonly json?: boolean;
}

/** `zone`: in which times are shown. `mapping`: absent where a vendor's dialect, or a source's, is tried. */
interface Trial {
  readonly file: FileSource;
  readonly zone: string;
  readonly mapping?: { readonly mapping: Mapping; readonly mappingPath: string };
}

interface Tried {
  /** The first of them, as many as are shown. */
  readonly shown: readonly Rehearsed[];
  readonly totals: Totals;
}

const PIPED = '-';

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `x-topic=tickets`, or as it was sent: `X-Topic: tickets`. */
const readHeader = (text: string): readonly [string, string] => {
  const [, name = '', value = ''] = /^([^\s:=]+)\s*[:=]\s*(.*)$/.exec(text) ?? [];
  if (name === '') throw new InputError(`--header takes a name and a value, x-topic=tickets, not "${text}"`);
  return [name.toLowerCase(), value];
};

/** Vendors name the offset of their times, so that no zone is better than another. */
const VENDOR_ZONE = 'UTC';

const vendorTrial = ({ doors }: Context, source: string, path: string): Trial => {
  const dialect = doors.dialectNamed(source);
  const file = { path, dialect, format: layoutOf('json', path), source, keepDuplicates: false };
  return { file, zone: VENDOR_ZONE };
};

const sourceTrial = async (context: Context, options: TryOptions, path: string): Promise<Trial> => {
  const file = sourceFile(path, await readSourcesOf(context, options), options.source);
  return { file, zone: VENDOR_ZONE };
};

const mappingTrial = async ({ doors }: Context, mappingPath: string, path: string): Promise<Trial> => {
  const mapping = await doors.readMapping(mappingPath);
  const file = await mappedFile(doors, path, { mapping, mappingPath });
  return { file, zone: mapping.zone, mapping: { mapping, mappingPath } };
};

const USAGE = 'write: tickmark signals try MAPPING FILE; with --dialect or --source the FILE alone';

/** `path`: where the file is, which may have been piped in. */
const trialOf = async (
  context: Context,
  words: readonly string[],
  path: string,
  options: TryOptions,
): Promise<Trial> => {
  const { dialect, source } = options;
  if (dialect !== undefined && source !== undefined)
    throw new InputError('a source speaks its own dialect: --dialect or --source, not both');
  const isNamed = dialect !== undefined || source !== undefined;
  const [mapping = ''] = words;
  if (words.length !== (isNamed ? 1 : 2)) throw new InputError(USAGE);
  if (dialect !== undefined) return vendorTrial(context, dialect, path);
  return source === undefined ? mappingTrial(context, mapping, path) : sourceTrial(context, options, path);
};

type Headers = Readonly<Record<string, string>>;

/** A row has its columns where a message has its headers. */
const withHeaders = (arrival: Arrival, headers: Headers): Arrival => {
  const { signal } = arrival;
  if (arrival.status === 'rejected' || signal.fields || Object.keys(headers).length === 0) return arrival;
  return { ...arrival, signal: { ...signal, fields: headers } };
};

const rehearse = async (
  { doors, now }: Context,
  { file }: Trial,
  headers: Headers,
  limit: number,
): Promise<Tried> => {
  const tryOne = openRehearsal(await doors.emptyStores(), file.dialect);
  const shown: Rehearsed[] = [];
  let totals = NO_TOTALS;
  for await (const page of doors.readFile(requestFor(file, now)))
    for (const arrival of page) {
      const one = await tryOne(withHeaders(arrival, headers));
      totals = addRehearsed(totals, one);
      if (shown.length < limit) shown.push(one);
    }
  return { shown, totals };
};

const print = ({ terminal }: Context, { shown, totals }: Tried, zone: string): void => {
  const { color, width, out } = terminal;
  const look = { color, width };
  const isCut = totals.messages > shown.length;
  out(
    [
      shown.length > 0 ? triedTable(shown, { zone, localTime: localTime(zone) }, look) : '',
      `${totalsText(totals)}${isCut ? `; the first ${shown.length} are shown (--limit)` : ''}.`,
      rejectionsText(shown, look),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
};

/** Advice about paths that no message has goes with the answer: it is what somebody with a new mapping looks for. */
const printUnseen = async (
  { doors, terminal }: Context,
  { mapping }: Trial,
  { shown }: Tried,
): Promise<void> => {
  if (!mapping) return;
  const raws = shown.map(({ signal }) => signal.raw);
  const unseen = await doors.unseenPaths(mapping.mapping, mapping.mappingPath, raws);
  if (unseen.length === 0) return;
  terminal.out(
    [
      `\nThe mapping names what ${counted(shown.length, 'message')} did not have:`,
      ...unseen.map((line) => `  ${line}`),
    ].join('\n'),
  );
};

const tell = async (context: Context, trial: Trial, tried: Tried, isJson: boolean): Promise<void> => {
  const { out } = context.terminal;
  if (!isJson) {
    print(context, tried, trial.zone);
    return printUnseen(context, trial, tried);
  }
  for (const one of tried.shown) out(triedJson(one));
  out(JSON.stringify(tried.totals));
};

const run = async (context: Context, words: readonly string[], options: TryOptions): Promise<void> => {
  const limit = readWholeNumber('--limit', options.limit);
  const headers = Object.fromEntries(options.header.map(readHeader));
  const named = words.at(-1) ?? '';
  const piped = named === PIPED ? await context.doors.standardInput() : undefined;
  try {
    const trial = await trialOf(context, words, piped?.path ?? named, options);
    const tried = await rehearse(context, trial, headers, limit);
    await tell(context, trial, tried, options.json === true);
    if (Object.keys(tried.totals.rejected).length > 0) context.exit(3);
  } finally {
    await piped?.remove();
  }
};

export const tryCommand = (context: Context): Command =>
  new Command('try')
    .summary('shows what would come out of messages, and keeps nothing')
    .description(
      'Reads messages through a mapping, or in the words of a vendor, and shows the facts that they tell, why some tell\n' +
        'nothing, and what cannot be understood. Opens no data folder. A .json file is one message or a list of them,\n' +
        '.ndjson one a line; - reads what is piped in.',
    )
    .argument('<file...>', 'the mapping and the messages; with --dialect or --source the messages alone')
    .option('--dialect <name>', 'in place of a mapping: a vendor, for instance zendesk')
    .option('--source <name>', 'in place of a mapping: a source of the --sources file, as it speaks')
    .option(...SOURCES_FLAG)
    .option('--header <name=value>', 'a header that came with the messages; may be repeated', collect, [])
    .option('--limit <n>', 'how many messages are shown; all are tried', '100')
    .option('--json', 'one JSON object for each message, and one for all of them')
    .addHelpText(
      'after',
      `
Examples:
  $ tickmark signals try examples/webhook/mapping.yaml examples/webhook/message.json
  $ tickmark signals try --dialect zendesk captured.json --header x-zendesk-webhook-id=01F
  $ tickmark signals try --sources sources.yaml --source helpdesk captured.json
  $ curl -s https://crm.example/events | tickmark signals try mapping.yaml -
Exit codes: 0 all of them are understood, 2 the mapping or a flag is wrong, 3 some would become dead letters.`,
    )
    .action((files: readonly string[], options: TryOptions) => run(context, files, options));
