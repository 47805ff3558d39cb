/** The scheme of Zammad. Source: admin-docs.zammad.org, "Webhook", "HMAC SHA1 signature token". */
import { signedBody } from './signed-body.ts';

export const zammad = signedBody('x-hub-signature', 'sha1');
