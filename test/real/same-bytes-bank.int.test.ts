/** The bank log in disorder. */
import { BANK } from './logs.ts';
import { witnessSameBytes } from './same-bytes.ts';

witnessSameBytes(BANK);
