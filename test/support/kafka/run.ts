/** A broker for a program that is no test: prints its address, or why there is none, and ends when its input does. */
import { startBroker } from './broker.ts';

const broker = await startBroker();
process.stdout.write(`${typeof broker === 'string' ? broker : broker.address}\n`);
if (typeof broker !== 'string') {
  process.stdin.resume();
  process.stdin.once('end', () => void broker.stop());
}
