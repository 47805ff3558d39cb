/** The scheme of Jira. Source: developer.atlassian.com, "Webhooks", "Secure admin webhooks". */
import { signedBody } from './signed-body.ts';

export const jira = signedBody('x-hub-signature', 'sha256');
