/** Prints a seeded call log: `node bench/rows.ts ROWS [SEED] > calls.txt`. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bankLines } from './bank-rows.ts';

const [rows = '33344', seed = '1999'] = process.argv.slice(2);
await pipeline(Readable.from(bankLines({ rows: Number(rows), seed: Number(seed) })), process.stdout);
