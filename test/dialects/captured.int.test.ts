/** Messages that vendors really sent, from ../shared/fixtures: each becomes facts, or is ignored, or is kept with its reason. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { expectSameInAnyOrder } from './any-order.ts';
import { type Captured, outcomeOf } from './captured/captured.ts';
import { amazonConnect } from './captured/amazon-connect.ts';
import { asterisk } from './captured/asterisk.ts';
import { chatwoot } from './captured/chatwoot.ts';
import { freeswitch } from './captured/freeswitch.ts';
import { freshdesk } from './captured/freshdesk.ts';
import { github } from './captured/github.ts';
import { hubspot } from './captured/hubspot.ts';
import { intercom } from './captured/intercom.ts';
import { jira } from './captured/jira.ts';
import { salesforce } from './captured/salesforce.ts';
import { twilio } from './captured/twilio.ts';
import { zammad } from './captured/zammad.ts';
import { zendesk } from './captured/zendesk.ts';
import { signalOf } from './signals.ts';

const FIXTURES = join(ROOT, '../shared/fixtures');

const CAPTURED: readonly Captured[] = [
  amazonConnect,
  asterisk,
  chatwoot,
  freeswitch,
  freshdesk,
  github,
  hubspot,
  intercom,
  jira,
  salesforce,
  twilio,
  zammad,
  zendesk,
];

const outcomesIn = ({ dialect, signals }: Captured, text: string): string =>
  (signals?.(text) ?? [signalOf(text)])
    .flatMap((signal) => dialect.split?.(signal) ?? [signal])
    .map((signal) => outcomeOf(dialect.translate(signal)))
    .join('; ');

const CASES = CAPTURED.flatMap((captured) =>
  Object.entries(captured.outcomes).map(([file, outcome]) => ({ file, outcome, captured })),
);

describe('a captured message', () => {
  it.for(CASES)('$file', ({ file, outcome, captured }, context) => {
    if (!existsSync(FIXTURES)) context.skip('../shared/fixtures is not here');
    expect(outcomesIn(captured, readFileSync(join(FIXTURES, file), 'utf8'))).toBe(outcome);
  });
});

describe('the captured messages of a vendor', () => {
  it.for(CAPTURED)('give the same records in any order: $dialect.name', async (captured, context) => {
    if (!existsSync(FIXTURES)) context.skip('../shared/fixtures is not here');
    const { dialect, signals = (text: string) => [signalOf(text)], outcomes } = captured;
    const all = Object.keys(outcomes).flatMap((file) => signals(readFileSync(join(FIXTURES, file), 'utf8')));
    await expectSameInAnyOrder(dialect, all, 20);
  });
});

/** What no dialect is for: vectors of signatures, configuration, and vendors of a later day. */
const OTHERS: readonly string[] = [
  'asterisk/cel_custom.conf',
  'misc/calendly_scheduled_event.json',
  'signature_vectors.json',
];

describe('the captured messages', () => {
  it('are all told of', (context) => {
    if (!existsSync(FIXTURES)) context.skip('../shared/fixtures is not here');
    const there = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('.'),
    );
    const told = new Set([...CASES.map(({ file }) => file), ...OTHERS]);
    expect(there.filter((file) => !told.has(file))).toEqual([]);
  });
});
