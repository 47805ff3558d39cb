/** What a process used, written to the file BENCH_USAGE when it ends: loaded before a program by `node --import`. */
import { writeFileSync } from 'node:fs';

export interface Usage {
  readonly cpuS: number;
  readonly peakRssMb: number;
}

const file = process.env['BENCH_USAGE'];

const used = (): Usage => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // Microseconds and KiB.
  return { cpuS: (userCPUTime + systemCPUTime) / 1e6, peakRssMb: maxRSS / 1024 };
};

if (file !== undefined) process.on('exit', () => writeFileSync(file, JSON.stringify(used())));
