/** YAML files: every problem has its line and column, and says what to write instead. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseYaml, problemText, readYaml } from '../../adapters/yaml-file.ts';
import { checkMapping } from '../../adapters/dialects/eventlog/check-mapping.ts';
import { Mapping } from '../../schemas/mapping.ts';

const GOOD = `mapping: calls
source: pbx
format: csv
zone: Europe/Berlin
id: id
subject: { kind: call, id: id }
times:
  start: { column: start, format: iso }
rows:
  - when: { state: [1, up, true] }
    events:
      - { type: CallConnected, at: start }
`;

const problemsOf = (text: string): readonly string[] => {
  const result = parseYaml(text, 'm.yaml', Mapping, checkMapping);
  return result.ok ? [] : result.problems.map(problemText);
};
const changed = (from: string, to: string): readonly string[] => problemsOf(GOOD.replace(from, to));

describe('a mapping file', () => {
  it('that is good has its value, with defaults', () => {
    const result = parseYaml(GOOD, 'm.yaml', Mapping, checkMapping);
    expect(result).toMatchObject({
      ok: true,
      value: { duplicates: 'once', rows: [{ when: { state: [1, 'up', true] } }] },
    });
  });

  it.each([
    ['format: csv', 'format: cvs', 'm.yaml:3:9: must be one of csv, tsv, ndjson, json, found the text "cvs"'],
    ['format: csv\n', '', 'm.yaml:1:1: "format" is missing'],
    ['format: csv', 'fromat: csv', 'm.yaml:3:1: unknown key "fromat" (did you mean format?)'],
    ['id: id\n', 'id: 5\n', 'm.yaml:5:5: expected text or a list, found number 5'],
    ['id: id\n', 'id: [a, 5]\n', 'm.yaml:5:9: expected text, found number 5'],
    ['id: id\n', 'id: ""\n', 'm.yaml:5:5: must not be empty'],
    ['kind: call,', 'kind: call, hsah: true,', 'm.yaml:6:24: unknown key "hsah" (did you mean hash?)'],
    ['    events:', '    evnts:', 'm.yaml:11:5: unknown key "evnts" (did you mean events?)'],
    [', at: start', '', 'm.yaml:12:9: "at" is missing'],
    [
      ', at: start',
      ', at: start, number: 1',
      'm.yaml:12:43: unknown key "number" (known: type, at, actor, status, reason, team, zone, actorKind, duration, optional)',
    ],
    [
      '[1, up, true]',
      '[1, { a: 2 }]',
      'm.yaml:10:24: expected text or a number or true or false, found keys with values',
    ],
    [
      '[1, up, true]',
      '',
      'm.yaml:10:21: expected text or a number or true or false or a list, found nothing',
    ],
    ['at: start', 'at: strat', 'm.yaml:12:36: the mapping has no time "strat" (did you mean start?)'],
    [
      'kind: call',
      'kind: ticket',
      'm.yaml:12:17: CallConnected is about a call, and the subject here is a ticket: give this row rule a subject of its own',
    ],
    ['source: pbx', 'source: pbx\nsource: pbx', 'm.yaml:3:1: Map keys must be unique'],
    [
      'id: id\n',
      'id: [id\n',
      'm.yaml:6:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['source: pbx', 'source: !!js/regexp a', 'm.yaml:2:9: Unresolved tag: tag:yaml.org,2002:js/regexp'],
    ['source: pbx', '__proto__: pbx', 'm.yaml:2:1: __proto__ cannot be a key'],
  ])('%j as %j', (from, to, problem) => {
    expect(changed(from, to)[0]).toBe(problem);
  });

  it('tells a mistyped key once, and all its problems in the order of the file', () => {
    expect(
      problemsOf(
        GOOD.replace('format: csv', 'fromat: csv').replace('zone', 'zoen').replace('at: s', 'to: s'),
      ),
    ).toEqual([
      'm.yaml:3:1: unknown key "fromat" (did you mean format?)',
      'm.yaml:4:1: unknown key "zoen" (did you mean zone?)',
      'm.yaml:12:32: unknown key "to" (did you mean at?)',
    ]);
  });

  it('tells one wrong indentation once, and each key that stands twice', () => {
    const shifted = ['rules:', '  - rule: a', '    start: A', '   stop: B', '    on: call', '    kind: c'];
    expect(problemsOf(shifted.join('\n'))).toEqual(['m.yaml:4:1: Sequence item without - indicator']);
    expect(problemsOf('a: 1\nb: 2\na: 3\nb: 4\n')).toEqual([
      'm.yaml:3:1: Map keys must be unique',
      'm.yaml:4:1: Map keys must be unique',
    ]);
  });

  it('finds the fault behind an alias where its anchor is', () => {
    const text = GOOD.replace('id: id\n', 'id: &all [a, 5]\n').replace('id: id }', 'id: *all }');
    expect(problemsOf(text)).toEqual([
      'm.yaml:5:14: expected text, found number 5',
      'm.yaml:5:14: expected text, found number 5',
    ]);
  });

  it('that is empty, or several documents, or a bomb of aliases is refused', () => {
    expect(problemsOf('')).toEqual(['m.yaml:1:1: the file is empty']);
    expect(problemsOf(`${GOOD}---\n${GOOD}`)[0]).toContain('multiple documents');
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de'].map((pair) => [pair[0], pair[1]]))
      bomb.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(', ')}]`);
    expect(problemsOf(bomb.join('\n'))).toEqual([
      'm.yaml:1:1: Excessive alias count indicates a resource exhaustion attack',
    ]);
  });

  it('keeps the digits of what only looks like a number', () => {
    const schema = z.array(z.union([z.string(), z.number()]));
    expect(parseYaml('[007, 12345678901234567890, 7, -1.5, 0:00:00]', 'x', schema)).toEqual({
      ok: true,
      value: ['007', '12345678901234567890', 7, -1.5, '0:00:00'],
    });
  });

  it('that is not there is a problem like any other', async () => {
    const result = await readYaml('/nowhere/m.yaml', Mapping);
    expect(result).toEqual({
      ok: false,
      problems: [{ file: '/nowhere/m.yaml', line: 1, column: 1, message: 'there is no such file' }],
    });
  });
});
