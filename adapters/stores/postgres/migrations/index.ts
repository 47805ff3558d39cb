/**
 * The migrations, in order. What was released is never edited: a database remembers the checksum of what it was
 * given, and a program that would have given something else refuses to work on it. Changes are new migrations.
 */
import { RECORD_CHANGES } from './record-changes.ts';
import { RECORD_ORDER } from './record-order.ts';
import { TABLES } from './tables.ts';
import { VIEWS } from './views.ts';

export interface SqlMigration {
  readonly name: string;
  /** `:tables` and `:views` stand for the schemas. Unqualified names are of `:tables`. */
  readonly sql: string;
}

export const MIGRATIONS: readonly SqlMigration[] = [
  { name: '0001-tables', sql: TABLES },
  { name: '0002-views', sql: VIEWS },
  { name: '0003-record-order', sql: RECORD_ORDER },
  { name: '0004-record-changes', sql: RECORD_CHANGES },
];
