/** What every command works with: the doors, the terminal, the configuration and the clock. */
import type { InstantMs } from '../../schemas/brand.ts';
import type { KafkaSettings } from '../../schemas/kafka.ts';
import { sameLens } from '../../projections/index.ts';
import type { ProjectionState } from '../../projections/ports.ts';
import type { Config } from '../config.ts';
import type { Doors } from '../doors.ts';
import type { Logger } from '../logger.ts';
import { InputError } from '../input-error.ts';
import { type BroughtUp, appliedRules, bringUp } from '../live.ts';
import { type Ruling, readRules } from '../rule-file.ts';
import type { Environment } from '../source-secrets.ts';
import type { Sources } from '../sources.ts';
import type { Workspace } from '../workspace.ts';
import type { Progress } from './render/progress.ts';

/** 0 done, 1 failed, 2 wrong usage or input, 3 done with findings. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Terminal {
  /** Data, to stdout. */
  out(text: string): void;
  /** Talk, to stderr. */
  talk(text: string): void;
  progress(label: string): Progress;
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

export interface Context {
  readonly doors: Doors;
  readonly terminal: Terminal;
  readonly config: Config;
  /** Where secrets are looked up. */
  readonly environment: Environment;
  readonly logger: Logger;
  readonly now: () => InstantMs;
  /** Sets what the process will exit with. */
  readonly exit: (code: ExitCode) => void;
}

export interface DataOption {
  readonly data?: string;
}

/** The rules of a folder to which none have been applied. */
export const STANDARD_RULES = new URL('../../rules/standard.yaml', import.meta.url).pathname;

export const withWorkspace = async <Result>(
  { doors, config }: Context,
  { data }: DataOption,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> => {
  const { dataFolder, log, answers } = config;
  const workspace = await doors.openWorkspace({ folder: data ?? dataFolder, log, answers });
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
};

export interface SourcesOption {
  readonly sources?: string;
}

/** The sources of the file that the command line or the environment names; none where neither does. */
export const readSourcesOf = async (
  { doors, config }: Context,
  { sources }: SourcesOption,
): Promise<Sources> => {
  const path = sources ?? config.sourcesFile;
  return path === undefined ? new Map() : doors.readSources(path);
};

/** The cluster that the same file names, if it names one. */
export const readClusterOf = async (
  { doors, config }: Context,
  { sources }: SourcesOption,
): Promise<KafkaSettings | undefined> => {
  const path = sources ?? config.sourcesFile;
  return path === undefined ? undefined : doors.readCluster(path);
};

export const liveRules = async ({ config }: Context, { log }: Workspace): Promise<Ruling> =>
  (await appliedRules(log)) ?? (await readRules(config.rulesFile ?? STANDARD_RULES));

/** Brings the answers to the end of the log, with progress when there is much to do. */
export const bringUpWithProgress = async (
  context: Context,
  workspace: Workspace,
  ruling: Ruling,
): Promise<BroughtUp> => {
  const former = (await workspace.answers.state())?.lens;
  if (former && !sameLens(former, ruling.lens))
    context.logger.info({ former, lens: ruling.lens }, 'deriving everything anew under another lens');
  const progress = context.terminal.progress('projecting');
  const state = await bringUp(workspace, ruling, (events) => progress.update(events, 0));
  if (state.events > 0) progress.end({ events: state.events });
  return state;
};

export interface Answering {
  readonly workspace: Workspace;
  readonly ruling: Ruling;
  readonly state: ProjectionState;
}

/** Opens the folder, brings its answers up and lets `work` read them. */
export const withAnswers = <Result>(
  context: Context,
  options: DataOption,
  work: (answering: Answering) => Promise<Result>,
): Promise<Result> => {
  const { log, answers } = context.config;
  const path = options.data ?? context.config.dataFolder;
  context.doors.checkPlace({ folder: path, log, answers });
  // A misspelt folder would be made, and everything about it would be true of nothing.
  if (log === undefined && !context.doors.isThere(path))
    return Promise.reject(
      new InputError(
        `there is no data folder ${path}: bring signals in with tickmark import, or look around with tickmark demo`,
      ),
    );
  return withWorkspace(context, options, async (workspace) => {
    const ruling = await liveRules(context, workspace);
    return work({ workspace, ruling, state: await bringUpWithProgress(context, workspace, ruling) });
  });
};
