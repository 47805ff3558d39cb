/** The three real logs: where each lies, how it is read, and what is known about it from outside. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TestContext } from 'vitest';

export const ROOT = resolve(import.meta.dirname, '../..');
const DATA = resolve(ROOT, '../shared/data');

export interface RealLog {
  readonly name: string;
  readonly file: string;
  readonly mapping: string;
  readonly rules: string;
}

const realLog = (name: string, file: string): RealLog => ({
  name,
  file: resolve(DATA, file),
  mapping: resolve(ROOT, 'examples', name, 'mapping.yaml'),
  rules: resolve(ROOT, 'examples', name, 'rules.yaml'),
});

export const BANK = realLog('bank', 'anonymous_bank_1999_02.txt');
export const DISCO = realLog('disco', 'disco_callcenter.csv');
export const HELPDESK = realLog('helpdesk', 'helpdesk_italian_anonymised.csv');

/** A file of figures that independent scripts computed from a log. */
export const expectedPath = (file: string): string => resolve(DATA, 'expected', file);

/** The data may not be copied into this repository; without them nothing can be witnessed. */
export const needs = (context: TestContext, log: RealLog): void => {
  if (!existsSync(log.file)) context.skip(`the real data are not here: ${log.file}`);
};
