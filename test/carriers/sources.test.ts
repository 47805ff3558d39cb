/** `sources.yaml`: what it opens, what is said of every mistake in it, and which secrets keep a door shut. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openWebhooks } from '../../adapters/carriers/http/webhooks.ts';
import { bySource, byName } from '../../adapters/dialect-of.ts';
import { inSource } from '../../adapters/dialects/reading/in-source.ts';
import { type AnyVendor, vendor } from '../../adapters/dialects/reading/vendor.ts';
import { InputError } from '../../adapters/input-error.ts';
import { DOORS } from '../../adapters/main.ts';
import { type Languages, type Sources, readSources } from '../../adapters/sources.ts';
import type { Dialect } from '../../schemas/signal.ts';
import { BANK } from '../cli/command.ts';
import { ROOT } from '../house/tree.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { ZONES, signalOf } from '../dialects/signals.ts';
import { githubSignal } from '../dialects/github-samples.ts';
import { vendors } from '../../adapters/dialects/index.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

/** A vendor whose systems each have a ticket 11, and that signs nothing. */
const desk = (name: string): AnyVendor =>
  vendor({
    name,
    options: z.strictObject({ zone: z.string().default('UTC') }),
    numbers: ['ticket'],
    make: (): Dialect => ({ name, version: 1, translate: () => ({ status: 'ignored', because: 'a test' }) }),
  });

const LANGUAGES: Languages = {
  vendors: new Map([...vendors, ...['zendish', 'jirish'].map((name) => [name, desk(name)] as const)]),
  zones: ZONES,
  tickmark: DOORS.tickmark,
  readMapping: DOORS.readMapping,
  eventlog: DOORS.eventlog,
  inSource,
};

const read = (text: string): Promise<Sources> => {
  const folder = folders.fresh('sources');
  mkdirSync(folder);
  writeFileSync(join(folder, 'sources.yaml'), text);
  return readSources(join(folder, 'sources.yaml'), LANGUAGES);
};

const problemsOf = async (text: string): Promise<readonly string[]> => {
  const error: unknown = await read(text).catch((caught: unknown) => caught);
  if (!(error instanceof InputError)) throw new Error(`nothing is wrong with it: ${String(error)}`);
  return error.details.map((line) => line.replace(/^.*sources\.yaml:/, ''));
};

const SECRETS = 'secrets: [{ env: HOOK }]';

describe('a file of sources', () => {
  it('opens each with its dialect as it speaks it', async () => {
    const sources = await read(`
sources:
  code: { dialect: github, system: forge, people: { octocat: ada } }
  other: { dialect: github, options: { labels: { waiting: pending } } }
`);
    const opened = githubSignal(
      'assigned',
      { assignees: [{ login: 'octocat' }] },
      { assignee: { login: 'octocat' } },
    );
    const waiting = githubSignal('labeled', {}, { label: { name: 'waiting' } });
    const dialectOf = bySource(sources, byName(DOORS.tickmark));
    const told = (source: string, signal: typeof opened) => {
      const found = dialectOf({ ...signal, source, dialect: 'github' });
      return 'code' in found ? found : found.translate(signal);
    };
    expect(told('code', opened)).toMatchObject({
      events: [{ subject: 'ticket-forge.octocat+hello+7', data: { actor: 'ada' } }],
    });
    expect(told('other', opened)).toMatchObject({
      events: [{ subject: 'ticket-octocat+hello+7', data: { actor: 'octocat' } }],
    });
    expect(told('code', waiting)).toMatchObject({ status: 'ignored' });
    expect(told('other', waiting)).toMatchObject({ events: [{ type: 'TicketPended' }] });
    expect(told('third', opened)).toMatchObject({ message: 'no dialect "github" here; known: tickmark' });
    expect(dialectOf(signalOf('{}', undefined))).toMatchObject({ code: 'unknown-type' });
  });

  it('keeps the members of a batch under the name of their source', async () => {
    const sources = await read(`
sources:
  pbx: { dialect: tickmark, people: { '17': lena } }
`);
    const dialect = sources.get('pbx')?.dialect;
    const event =
      '{"specversion":"1.0","id":"1","source":"trunk","type":"CallConnected","subject":"call-9","time":"2025-03-03T09:00:00Z","data":{"actor":"17"}}';
    const members = dialect?.split?.({ ...signalOf(`[${event},${event}]`), source: 'pbx' }) ?? [];
    expect(members.map(({ source }) => source)).toEqual(['pbx', 'pbx']);
    expect(members.slice(0, 1).map((one) => dialect?.translate(one))).toMatchObject([
      { events: [{ vendorId: 'trunk|1', data: { actor: 'lena' } }] },
    ]);
  });

  it.each<readonly [string, string, readonly string[]]>([
    [
      'a dialect that is none',
      'a: { dialect: gihtub }',
      ['2:17: there is no dialect "gihtub" (did you mean github?)'],
    ],
    [
      'an option that its dialect does not have',
      'a: { dialect: github, options: { label: {} } }',
      ['2:36: unknown key "label" (did you mean labels?)'],
    ],
    [
      'an option of another kind',
      'a: { dialect: zendish, options: { zone: 7 } }',
      ['2:43: expected text, found number 7'],
    ],
    [
      'two systems that number alike',
      `a: { dialect: zendish }
  b: { dialect: jirish, system: jira }`,
      ['2:6: a and b both number their own (ticket): name the system of each with "system"'],
    ],
    [
      'a webhook that nothing proves',
      `a: { dialect: zendish, webhook: { ${SECRETS} } }`,
      [
        '2:35: zendish signs nothing by itself: say how its sender is known, for instance proof: shared-secret',
      ],
    ],
    [
      'an address that is signed and not told',
      `a: { dialect: zendish, webhook: { proof: twilio, ${SECRETS} } }`,
      ['2:35: twilio signs the address that it calls: say it with "url"'],
    ],
    [
      'a secret in the file',
      'a: { dialect: github, webhook: { secrets: [hunter2hunter2] } }',
      ['2:46: a secret never stands in the file: name the environment variable that holds it, { env: NAME }'],
    ],
    [
      'a name that no address can hold',
      'A b: { dialect: github }',
      ['2:3: "A b": a source is named by small letters and digits, joined by dots or dashes'],
    ],
    [
      'a mapping that is missing',
      'a: { dialect: mapping }',
      ['2:6: the dialect mapping needs "mapping": the file that says what messages mean'],
    ],
  ])('says where and what it is: %s', async (_what, text, problems) => {
    expect(await problemsOf(`sources:\n  ${text}\n`)).toEqual(problems);
  });

  it('may name the systems of both, or one system twice', async () => {
    const sources = await read(
      'sources:\n  a: { dialect: zendish, system: x }\n  b: { dialect: zendish, system: x }\n',
    );
    expect([...sources.keys()]).toEqual(['a', 'b']);
  });

  it('reads rows of a table from files only', async () => {
    const bank = (webhook: string) =>
      read(`sources:\n  bank: { dialect: mapping, mapping: ${BANK.mapping}${webhook} }\n`);
    expect((await bank('')).get('bank')).toMatchObject({ format: 'tsv', dialect: { name: 'eventlog' } });
    await expect(bank(`, webhook: { proof: shared-secret, ${SECRETS} }`)).rejects.toThrow(
      /^the source bank sends messages one at a time/,
    );
  });
});

describe('a mapping of messages', () => {
  it('may have a webhook, and its files lie as those of any vendor', async () => {
    const mapping = join(ROOT, 'examples/webhook/mapping.yaml');
    const sources = await read(
      `sources:\n  acme: { dialect: mapping, mapping: ${mapping}, webhook: { proof: shared-secret, ${SECRETS} } }\n`,
    );
    expect(sources.get('acme')).toMatchObject({ format: 'json', webhook: { proof: 'shared-secret' } });
  });
});

describe('a secret', () => {
  const file = `sources:
  code: { dialect: github, webhook: { secrets: [{ env: NEW }, { env: OLD }] } }
  std: { dialect: tickmark, webhook: { proof: standard-webhooks, secrets: [{ env: STD }] } }
`;
  const GOOD = { NEW: 'a-new-secret', OLD: 'an-old-secret', STD: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
  const faultsWith = async (environment: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const sources = await read(file);
    try {
      openWebhooks(sources, { ...GOOD, ...environment });
    } catch (error) {
      if (error instanceof InputError) return error.details;
    }
    return [];
  };

  it('is of use when all that are named are there', async () => {
    expect(await faultsWith({})).toEqual([]);
    expect([...openWebhooks(await read(file), GOOD).keys()]).toEqual(['code', 'std']);
  });

  it.each([
    ['missing', { OLD: '' }, 'code: OLD is not set'],
    ['short', { NEW: '1234567' }, 'code: NEW is shorter than 8 characters'],
    [
      'with the line break of a file',
      { NEW: 'a-new-secret\n' },
      'code: NEW begins or ends with a blank or a line break',
    ],
    ['none of its scheme', { STD: 'whsec_!!!!!!!!' }, 'std: STD is no secret of Standard Webhooks'],
  ])('that is %s keeps everything shut, and is named', async (_what, environment, fault) => {
    const faults = await faultsWith(environment);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
    expect(faults[0]).not.toContain('1234567');
  });
});
