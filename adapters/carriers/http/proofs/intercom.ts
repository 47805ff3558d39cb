/** The scheme of Intercom, by the secret of the app. Source: developers.intercom.com, "Webhooks", "Signed notifications". */
import { signedBody } from './signed-body.ts';

export const intercom = signedBody('x-hub-signature', 'sha1');
