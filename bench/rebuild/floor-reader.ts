/** The thread that reads for the floor from the beginning on. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { Read } from '../figures.ts';
import { Reading, openReading } from './floor-reading.ts';

if (!parentPort) throw new Error('the reader is a thread');
const reading = await openReading(Reading.parse(workerData));
parentPort.postMessage('ready');
await once(parentPort, 'message');

const beganMs = performance.now();
await reading.survey();
const surveyS = (performance.now() - beganMs) / 1000;
const { readS, events } = await reading.read();
const read: Read = { readS: surveyS + readS, events };
await reading.close();
parentPort.postMessage(read);
parentPort.close();
