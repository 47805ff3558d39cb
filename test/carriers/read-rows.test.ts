/** The file carrier: records, lines and bytes as files really hold them; nothing lost, nothing guessed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isFileError } from '../../adapters/carriers/file/file-error.ts';
import {
  type FileFormat,
  type FileItem,
  type ReadOptions,
  readHeader,
  readRows,
} from '../../adapters/carriers/file/read-rows.ts';
import { instantMs } from '../../schemas/brand.ts';

const folder = mkdtempSync(join(tmpdir(), 'tickmark-rows-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let written = 0;
const fileOf = (content: string | Uint8Array): string => {
  written += 1;
  const path = join(folder, `file-${written}.txt`);
  writeFileSync(path, content);
  return path;
};

const RECEIVED_AT = instantMs(1_000);
const itemsOf = async (
  path: string,
  format: FileFormat,
  more: Partial<ReadOptions> = {},
): Promise<readonly FileItem[]> => {
  const items: FileItem[] = [];
  const options = { format, dialect: 'eventlog', source: 'test', receivedAt: () => RECEIVED_AT, ...more };
  for await (const batch of readRows(path, options)) items.push(...batch);
  return items;
};

/** `line: cells` of a row, `line! code` of a rejection. */
const told = (items: readonly FileItem[]): readonly string[] =>
  items.map((item) =>
    item.status === 'signal'
      ? `${item.signal.line}: ${Object.values(item.signal.fields ?? { raw: item.signal.raw }).join('/')}`
      : `${item.signal.line}! ${item.rejection.code}`,
  );

const read = async (
  content: string | Uint8Array,
  format: FileFormat = 'csv',
  more: Partial<ReadOptions> = {},
) => itemsOf(fileOf(content), format, more);
const rejections = (items: readonly FileItem[]) =>
  items.flatMap((item) => (item.status === 'rejected' ? [{ ...item.rejection, raw: item.signal.raw }] : []));

describe('a row', () => {
  it('becomes a signal with its columns, its line, its text and its file', async () => {
    const path = fileOf('a, b\n 1 ,"x ""y"", z"\n');
    expect(await itemsOf(path, 'csv')).toEqual([
      {
        status: 'signal',
        signal: {
          source: 'test',
          dialect: 'eventlog',
          receivedAt: 1_000,
          line: 2,
          origin: path.slice(folder.length + 1),
          raw: ' 1 ,"x ""y"", z"',
          fields: { a: '1', b: 'x "y", z' },
        },
      },
    ]);
  });

  it.each([
    ['a line feed', 'a,b\n1,2\n3,4\n'],
    ['carriage return and line feed', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['a byte-order mark', '\ufeffa,b\n1,2\n3,4\n'],
    ['no last line end', 'a,b\n1,2\n3,4'],
    ['no last line end after a carriage return', 'a,b\r\n1,2\r\n3,4\r'],
    ['a quote around the last cell and no line end', 'a,b\n1,2\n3,"4"'],
    ['blanks around quotes', 'a,b\n1, "2" \n"3" ,4\n'],
  ])('is read with %s', async (_what, content) => {
    expect(told(await read(content))).toEqual(['2: 1/2', '3: 3/4']);
  });

  it('keeps its line number after blank lines, and blank lines are nothing', async () => {
    expect(told(await read('\n\r\na,b\n\n  \n1,2\r\n\r\n3,4\n\n'))).toEqual(['6: 1/2', '8: 3/4']);
  });

  it('may hold line breaks within quotes, and the next row counts them', async () => {
    const items = await read('a,b\r\n1,"x\r\ny"\r\n"p\n\nq",2\n3,4\n');
    expect(items.map(({ signal }) => [signal.line, signal.fields?.['a'], signal.fields?.['b']])).toEqual([
      [2, '1', 'x\r\ny'],
      [4, 'p\n\nq', '2'],
      [7, '3', '4'],
    ]);
    expect(items[0]?.signal.raw).toBe('1,"x\r\ny"');
  });

  it('may hold a quote in the middle of a cell', async () => {
    expect(told(await read('a,b\n5" pipe,x"y"\n'))).toEqual(['2: 5" pipe/x"y"']);
  });

  it('of tab-separated values has no quotes', async () => {
    expect(told(await read('a\tb\n"1\t 2,2\n\t\n', 'tsv'))).toEqual(['2: "1/2,2', '3: /']);
  });

  it('of NDJSON is its text, for the dialect to read', async () => {
    const items = await read('{"a":1}\r\n\n{"b\n', 'ndjson');
    expect(told(items)).toEqual(['1: {"a":1}', '3: {"b']);
    expect(items[0]?.signal).not.toHaveProperty('fields');
  });

  it('may have a column that is called like a part of every object', async () => {
    const [item] = await read('__proto__,constructor\n1,2\n');
    expect(Object.entries(item?.signal.fields ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('counts its repetitions where they are kept', async () => {
    const content = 'a\nx\ny\nx\nx\n';
    const counts = (items: readonly FileItem[]) => items.map(({ signal }) => signal.occurrence);
    expect(counts(await read(content, 'csv', { keepDuplicates: true }))).toEqual([1, 1, 2, 3]);
    expect(counts(await read(content))).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('a bad line is rejected alone', () => {
  it('with too many or too few columns', async () => {
    const items = await read('a,b\n1\n1,2\n1,2,3\n');
    expect(told(items)).toEqual(['2! malformed', '3: 1/2', '4! malformed']);
    expect(rejections(items)).toEqual([
      { code: 'malformed', message: 'expected 2 columns as in the header, found 1', raw: '1' },
      { code: 'malformed', message: 'expected 2 columns as in the header, found 3', raw: '1,2,3' },
    ]);
  });

  it('with a quote that never closes: the lines after it are read', async () => {
    const items = await read('a,b\n1,"x\n3,4\n5,6\n');
    expect(told(items)).toEqual(['2! malformed', '3: 3/4', '4: 5/6']);
    expect(rejections(items)[0]).toEqual({
      code: 'malformed',
      message: 'the quote of column 2 is never closed',
      raw: '1,"x',
    });
  });

  it('with a quote that another stray quote seems to close', async () => {
    const items = await read('a,b\n1,"x\n3,"4"\n5,6\n');
    expect(told(items)).toEqual(['2! malformed', '3: 3/4', '4: 5/6']);
    expect(rejections(items)[0]?.message).toContain('on line 3 text follows the closing quote');
  });

  it('with text after a closing quote', async () => {
    expect(told(await read('a,b\n"1"x,2\n3,4\n'))).toEqual(['2! malformed', '3: 3/4']);
  });

  it('with a quote that is open for longer than the limit', async () => {
    const filler = Array.from({ length: 20 }, (_, index) => `${index},y`).join('\n');
    const items = await read(`a,b\n1,"x\n${filler}\n`, 'csv', { maxLineBytes: 64 });
    expect(told(items)).toEqual([
      '2! malformed',
      ...Array.from({ length: 20 }, (_, index) => `${index + 3}: ${index}/y`),
    ]);
    expect(rejections(items)[0]?.message).toBe('the quote of column 2 is not closed within 64 bytes');
  });

  it('with bytes that are not UTF-8, which the kept text still holds', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a,b\n1,ü\n2,'),
      Buffer.from([0x4d, 0xfc, 0x80]),
      Buffer.from('\r\n3,4'),
    ]);
    const items = await read(bytes);
    expect(told(items)).toEqual(['2: 1/ü', '3! encoding', '4: 3/4']);
    const [rejection] = rejections(items);
    expect(rejection?.message).toContain('from its byte 4 on (0xfc)');
    expect(Buffer.from(rejection?.raw ?? '', 'latin1')).toEqual(Buffer.from([0x32, 0x2c, 0x4d, 0xfc, 0x80]));
  });

  it('within an open quote', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,"x\n'), Buffer.from([0xff]), Buffer.from('\n3,4\n')]);
    expect(told(await read(bytes))).toEqual(['2! malformed', '3! encoding', '4: 3/4']);
  });

  it('when it is longer than the limit, and is kept whole', async () => {
    const items = await read(`a,b\n1,${'é'.repeat(50)}\n3,${'x'.repeat(98)}\n5,${'y'.repeat(99)}`, 'csv', {
      maxLineBytes: 100,
    });
    expect(told(items).map((line) => line.slice(0, 16))).toEqual([
      '2! line-too-long',
      `3: 3/${'x'.repeat(11)}`,
      '4! line-too-long',
    ]);
    expect(rejections(items).map(({ message }) => message)).toEqual([
      'the line has 102 bytes, more than the limit of 100; it is kept whole',
      'the line has 101 bytes, more than the limit of 100; it is kept whole',
    ]);
    expect(rejections(items)[0]?.raw).toBe(`1,${'é'.repeat(50)}`);
  });

  it('of 10 MB is kept whole, of 17 MiB in its first 64 KiB with its place in the file', async () => {
    const ten = 10_000_000;
    const giant = 17 * 1024 * 1024;
    const head = `a,b\n1,${'x'.repeat(ten - 2)}\n`;
    const items = await read(`${head}€${'y'.repeat(giant - 3)}\n3,4\n€${'z'.repeat(giant - 3)}`);
    expect(told(items)).toEqual(['2! line-too-long', '3! line-too-long', '4: 3/4', '5! line-too-long']);
    const [long, middle, last] = rejections(items);
    expect(long?.raw.length).toBe(ten);
    // 64 KiB begin with one character of 3 bytes.
    expect(middle?.raw).toBe(`€${'y'.repeat(64 * 1024 - 3)}`);
    expect(middle?.message).toBe(
      `the line has ${giant} bytes, more than the limit of 1048576; kept are its first 65536, the whole starts at byte ${head.length} of the file`,
    );
    expect(last?.message).toContain(`starts at byte ${head.length + giant + 1 + 4} of the file`);
  });
});

describe('a file as a whole', () => {
  const failure = async (path: string, format: FileFormat = 'csv'): Promise<string> => {
    try {
      await itemsOf(path, format);
    } catch (error) {
      if (!isFileError(error)) throw error;
      return error.message.replace(path, 'FILE');
    }
    return 'no error';
  };

  it.each([
    ['a,b,a\n1,2,3\n', 'FILE: the header names "a" twice, columns 1 and 3'],
    ['a,,b\n1,2,3\n', 'FILE: column 2 of the header (line 1) has no name'],
    ['a,b\n', 'no error'],
    ['', 'FILE: the file is empty: its first line must name the columns'],
    ['\n\n', 'FILE: the file is empty: its first line must name the columns'],
    ['a,"b\n1,2\n', 'FILE: the header (line 1) cannot be read: the quote of column 2 is never closed'],
  ])('with %j: %s', async (content, message) => {
    expect(await failure(fileOf(content))).toBe(message);
  });

  it('that is compressed, UTF-16, missing or a folder says so', async () => {
    expect(await failure(fileOf(new Uint8Array([0x1f, 0x8b, 8, 0])))).toContain('unzip it first');
    expect(await failure(join(folder, 'log.csv.gz'))).toContain('unzip it first');
    expect(await failure(fileOf(Buffer.from('\ufeffa,b\n', 'utf16le')))).toContain('UTF-16');
    expect(await failure(join(folder, 'none.csv'))).toBe('FILE: there is no such file');
    expect(await failure(folder)).toBe('FILE: this is a directory, not a file');
  });

  it('of NDJSON may be empty', async () => {
    expect(await failure(fileOf(''), 'ndjson')).toBe('no error');
  });

  it('tells its header alone', async () => {
    expect(await readHeader(fileOf('\ufeff"a ""x""", b\r\n1,2\n'), 'csv')).toEqual(['a "x"', 'b']);
    expect(await readHeader(fileOf('"a"\tb\n'), 'tsv')).toEqual(['"a"', 'b']);
  });

  it('tells how far it is', async () => {
    const content = `a,b\n${'1,2\n'.repeat(200_000)}`;
    const progress: number[] = [];
    const items = await read(content, 'csv', {
      onProgress: (bytes, total) => {
        expect(total).toBe(content.length);
        progress.push(bytes);
      },
    });
    expect(items).toHaveLength(200_000);
    expect(items.at(-1)?.signal.line).toBe(200_001);
    expect(progress.length).toBeGreaterThan(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(content.length);
  });
});

describe('laws', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', ',', '"', '\n', '\r\n', ' ') });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it('what is written by RFC 4180 is read back, trimmed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), async (rows) => {
        const content = ['a,b', ...rows.map((row) => row.map(quoted).join(','))].join('\r\n');
        const items = await read(content);
        expect(items.map(({ signal }) => Object.values(signal.fields ?? {}))).toEqual(
          rows.map((row) => row.map((text) => text.trim())),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('whatever the bytes are, every line that is not blank is in exactly one item', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', '"', ',', 'é'), minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const items = await read(['a,b', ...lines].join('\n'), 'csv', { maxLineBytes: 24 });
        expect(items.map(({ signal }) => signal.raw).join('\n')).toBe(lines.join('\n'));
      }),
      { numRuns: 100 },
    );
  });
});
