/** The configuration: what the environment says, checked once. Flags on the command line overrule it. */
import { z } from 'zod';

const Environment = z.object({
  TICKMARK_DATA: z.string().min(1).default('.tickmark').describe('the data folder'),
  TICKMARK_RULES: z.string().min(1).optional().describe('the rule set of a new data folder'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('warn')
    .describe('what is logged to stderr, as JSON lines'),
  NO_COLOR: z.string().optional().describe('any text: no colours'),
});

export interface Config {
  readonly dataFolder: string;
  readonly rulesFile: string | undefined;
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  readonly color: boolean;
}

export type Configuration =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Configuration => {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success)
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    };
  const { TICKMARK_DATA, TICKMARK_RULES, LOG_LEVEL, NO_COLOR } = parsed.data;
  return {
    ok: true,
    config: {
      dataFolder: TICKMARK_DATA,
      rulesFile: TICKMARK_RULES,
      logLevel: LOG_LEVEL,
      color: NO_COLOR === undefined || NO_COLOR === '',
    },
  };
};
