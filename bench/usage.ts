/** What a process used, written to the file BENCH_USAGE when it ends: loaded before a program by `node --import`. */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { Usage } from './figures.ts';

const file = process.env['BENCH_USAGE'];

const used = (): Usage => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // Microseconds and KiB.
  return { cpuS: (userCPUTime + systemCPUTime) / 1e6, peakRssMb: maxRSS / 1024 };
};

// A worker thread loads this file too; what it reads is the whole process's.
if (file !== undefined && isMainThread) process.on('exit', () => writeFileSync(file, JSON.stringify(used())));
