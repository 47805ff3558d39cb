/** The disco log in disorder. */
import { DISCO } from './logs.ts';
import { witnessSameBytes } from './same-bytes.ts';

witnessSameBytes(DISCO);
