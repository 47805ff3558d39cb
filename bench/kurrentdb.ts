/**
 * The event log on KurrentDB measured against its client alone, on the same server, in the same run.
 *
 *     node bench/kurrentdb.ts [--passes 3] [--json]
 *
 * The server is TEST_KURRENTDB_URL, or the protocol emulator of the tests. Both ways write the same events and must leave
 * the same behind. Every figure comes from a process of its own and is the median of its passes. See bench/README.md.
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { KurrentdbAppends } from './figures.ts';

const HERE = import.meta.dirname;
/** A program and no module of ours: it is started and not imported. */
const EMULATOR = join(HERE, '../test/support/kurrentdb/emulator.ts');
const MAX_APPEND_BYTES = 16 * 1024 * 1024;

interface Server {
  readonly name: string;
  readonly connectionString: string;
  stop(): void;
}

const Ready = z.object({ port: z.int() });

/** An emulator is begun anew for each pass, so that none finds more in its memory than another. */
const startServer = async (): Promise<Server> => {
  const url = process.env['TEST_KURRENTDB_URL'];
  if (url !== undefined && url !== '')
    return { name: 'the server of TEST_KURRENTDB_URL', connectionString: url, stop: () => undefined };
  const child = fork(EMULATOR, [JSON.stringify({ port: 0, maxAppendBytes: MAX_APPEND_BYTES })]);
  const [message] = (await once(child, 'message')) as unknown[];
  const { port } = Ready.parse(message);
  return {
    name: 'the protocol emulator of the tests',
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    stop: () => void child.kill(),
  };
};

const WORKLOADS = [
  // An import of calls makes 2.7 events of a row.
  { name: 'a new stream with each signal of 3 events', streams: 8_000, rounds: 1, each: 3, together: 500 },
  { name: '1,000 streams that grow by 1 event a signal', streams: 1_000, rounds: 24, each: 1, together: 500 },
] as const;
type Workload = (typeof WORKLOADS)[number];

let passes = 0;
const pass = async (how: 'ours' | 'bare', { name: _name, ...work }: Workload): Promise<KurrentdbAppends> => {
  const server = await startServer();
  passes += 1;
  const namespace = `bench${process.pid}x${passes}`;
  try {
    const out = execFileSync(
      process.execPath,
      [
        join(HERE, 'kurrentdb-appends.ts'),
        how,
        server.connectionString,
        JSON.stringify({ ...work, namespace }),
      ],
      { encoding: 'utf8' },
    );
    return KurrentdbAppends.parse(JSON.parse(out));
  } finally {
    server.stop();
  }
};

const median = (figures: readonly KurrentdbAppends[]): KurrentdbAppends => {
  const middle = figures.toSorted((a, b) => a.wallS - b.wallS)[figures.length >> 1];
  if (!middle) throw new Error('nothing was measured');
  return middle;
};

const measure = async (workload: Workload, count: number) => {
  const [ours, bare]: [KurrentdbAppends[], KurrentdbAppends[]] = [[], []];
  // In turns, so that what else the machine does hits both.
  for (let at = 0; at < count; at += 1) {
    bare.push(await pass('bare', workload));
    ours.push(await pass('ours', workload));
  }
  const results = new Set([...ours, ...bare].map(({ events, digest }) => `${events} ${digest}`));
  if (results.size !== 1)
    throw new Error(`the two ways left different events behind: ${[...results].join()}`);
  const [own, alone] = [median(ours), median(bare)];
  return {
    workload: workload.name,
    events: own.events,
    ours: Math.round(own.events / own.wallS),
    bare: Math.round(alone.events / alone.wallS),
    ratio: alone.wallS / own.wallS,
    ratioByCpu: alone.cpuS / own.cpuS,
  };
};

const { values } = parseArgs({
  options: { passes: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } },
});
const { name, stop } = await startServer();
stop();
const measured = [];
for (const workload of WORKLOADS) measured.push(await measure(workload, Number(values.passes)));
if (values.json) process.stdout.write(`${JSON.stringify({ server: name, measured })}\n`);
else {
  process.stdout.write(`Node ${process.versions.node}, on ${name}\n\n`);
  for (const one of measured)
    process.stdout.write(
      `${one.workload}: ${one.events} events; ours ${one.ours}/s, bare ${one.bare}/s; ` +
        `ratio ${one.ratio.toFixed(2)}, by CPU time of the process ${one.ratioByCpu.toFixed(2)}\n`,
    );
}
