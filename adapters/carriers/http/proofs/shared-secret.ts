/**
 * The scheme of those who sign nothing: a secret in a header. It tells who sent a message and nothing of the message,
 * so that equal ones cannot be told from a repetition.
 */
import { isSameText } from './digest.ts';
import { type Scheme, headerOf, unproven } from './scheme.ts';

export const sharedSecret: Scheme = {
  prove: (request, { secrets, header }) => {
    const given = headerOf(request, header.toLowerCase());
    if (given === undefined) return unproven('no-signature');
    return secrets.some((secret) => isSameText(given, secret))
      ? { status: 'proven' }
      : unproven('wrong-signature');
  },
};
