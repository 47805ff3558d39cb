/** The helpdesk log in disorder. */
import { HELPDESK } from './logs.ts';
import { witnessSameBytes } from './same-bytes.ts';

witnessSameBytes(HELPDESK);
