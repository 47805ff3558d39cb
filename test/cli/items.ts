/** A small export of work items with its mapping, for tests that want to write every row by hand. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const HEADER = 'id,agent,start,end,what';

const mappingOf = (whats: readonly string[]): string => `mapping: items
source: items
format: csv
zone: UTC
id: id
subject: { kind: task, id: id }
times:
  start: { column: start, format: iso }
  end: { column: end, format: iso }
rows:
  - when: { what: [${whats.join(', ')}] }
    events:
      - { type: TaskStarted, at: start, actor: agent }
      - { type: TaskCompleted, at: end }
`;

export const RULES = `ruleSet: items
version: 1
zone: UTC
rules:
  - rule: task.work
    on: task
    start: TaskStarted
    stop: TaskCompleted
`;

export interface Items {
  readonly file: string;
  /** Knows rows that are a task. */
  readonly mapping: string;
  /** Knows errands too. */
  readonly corrected: string;
  readonly rules: string;
  readonly data: string;
}

/** Writes the rows, as text or as bytes, under a header into a new folder, with mappings and rules beside. */
export const writeItems = (folder: string, rows: readonly (string | Buffer)[]): Items => {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string | Buffer): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const lines = [HEADER, ...rows].flatMap((row) => [Buffer.from(row), Buffer.from('\n')]);
  return {
    file: write('items.csv', Buffer.concat(lines)),
    mapping: write('mapping.yaml', mappingOf(['task'])),
    corrected: write('corrected.yaml', mappingOf(['task', 'errand'])),
    rules: write('rules.yaml', RULES),
    data: join(folder, 'data'),
  };
};

/** One hour of Ann's on 2020-01-06, from the given hour on. */
export const hourOf = (id: string, hour: number, what = 'task'): string =>
  `${id},ann,2020-01-06T${String(hour).padStart(2, '0')}:00:00Z,2020-01-06T${String(hour + 1).padStart(2, '0')}:00:00Z,${what}`;

export const importItems = ({ file, mapping, rules, data }: Items): readonly string[] => [
  ...['import', file, '--mapping', mapping, '--rules', rules, '--data', data],
];
