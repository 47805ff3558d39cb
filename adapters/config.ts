/** The configuration: what the environment says, checked once. Flags on the command line overrule it. */
import { z } from 'zod';

const Environment = z.object({
  TICKMARK_DATA: z.string().min(1).default('.tickmark').describe('the data folder'),
  TICKMARK_RULES: z.string().min(1).optional().describe('the rule set of a new data folder'),
  TICKMARK_LOG: z.string().optional().describe('connection string of the event log; a secret'),
  TICKMARK_ANSWERS: z.string().optional().describe('connection string of the answers; a secret'),
  TICKMARK_API_KEYS: z.string().optional().describe('the API keys of tickmark serve; secrets'),
  TICKMARK_API_KEYS_FILE: z.string().optional().describe('a file that holds them instead'),
  TICKMARK_SOURCES: z.string().optional().describe('the file of the sources'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('warn')
    .describe('what is logged to stderr, as JSON lines'),
  NO_COLOR: z.string().optional().describe('any text: no colours'),
});

export interface Config {
  readonly dataFolder: string;
  readonly rulesFile: string | undefined;
  /** Connection strings; undefined: SQLite in the data folder. They may hold passwords and are never printed. */
  readonly log: string | undefined;
  readonly answers: string | undefined;
  /** The keys of the HTTP door as they were written, or the file that they are in. Never printed. */
  readonly apiKeys: string | undefined;
  readonly apiKeysFile: string | undefined;
  readonly sourcesFile: string | undefined;
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  readonly color: boolean;
}

export type Configuration =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/** A compose file passes on what is not set as an empty text. */
const unlessEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Configuration => {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success)
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    };
  const { TICKMARK_DATA, TICKMARK_RULES, TICKMARK_LOG, TICKMARK_ANSWERS, LOG_LEVEL, NO_COLOR } = parsed.data;
  const { TICKMARK_API_KEYS, TICKMARK_API_KEYS_FILE, TICKMARK_SOURCES } = parsed.data;
  return {
    ok: true,
    config: {
      dataFolder: TICKMARK_DATA,
      rulesFile: TICKMARK_RULES,
      log: unlessEmpty(TICKMARK_LOG),
      answers: unlessEmpty(TICKMARK_ANSWERS),
      apiKeys: unlessEmpty(TICKMARK_API_KEYS),
      apiKeysFile: unlessEmpty(TICKMARK_API_KEYS_FILE),
      sourcesFile: unlessEmpty(TICKMARK_SOURCES),
      logLevel: LOG_LEVEL,
      color: NO_COLOR === undefined || NO_COLOR === '',
    },
  };
};
