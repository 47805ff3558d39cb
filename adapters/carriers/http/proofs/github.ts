/** The scheme of GitHub. Source: docs.github.com, "Validating webhook deliveries". */
import { signedBody } from './signed-body.ts';

export const github = signedBody('x-hub-signature-256', 'sha256');
