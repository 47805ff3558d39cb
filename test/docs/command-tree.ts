/** The commands as their own help tells them: which there are, and which flags each takes. */
import { helpOf } from './program.ts';
import { wordsOf } from './words.ts';

export interface CommandHelp {
  /** From the root: `deadletters retry`; empty for the program itself. */
  readonly path: string;
  readonly flags: readonly string[];
  readonly commands: readonly string[];
  readonly takesWords: boolean;
}

const sectionOf = (help: string, title: string): readonly string[] => {
  const [, section = ''] = new RegExp(`^${title}:\\n((?: .*\\n|\\n(?= ))*)`, 'm').exec(`${help}\n`) ?? [];
  // Entries begin after two blanks; what is further in goes on from the line above.
  return section.split('\n').filter((line) => /^ {2}\S/.test(line));
};

const flagsOf = (help: string): readonly string[] =>
  sectionOf(help, 'Options').flatMap((line) =>
    [...(line.match(/^ {2}(-\w, )?--[\w-]+/)?.[0].matchAll(/--?[\w-]+/g) ?? [])].map(([flag]) => flag),
  );

const NO_COMMANDS = /^(Options|Arguments|Examples?|Start here)$/;

/** Commands stand under `Commands:`, or under what they are for. */
export const commandsOf = (help: string): readonly string[] => {
  let title = '';
  return help.split('\n').flatMap((line) => {
    title = /^(\S.*):$/.exec(line)?.[1] ?? title;
    const name = NO_COMMANDS.test(title) ? undefined : /^ {2}([a-z][\w-]*)/.exec(line)?.[1];
    return name === undefined || name === 'help' ? [] : [name];
  });
};

const readHelp = async (path: readonly string[]): Promise<readonly CommandHelp[]> => {
  const out = await helpOf(path);
  const commands = commandsOf(out);
  const own: CommandHelp = {
    path: path.join(' '),
    flags: flagsOf(out),
    commands,
    takesWords: /^Usage: .*[<[](?!options|command)/m.test(out),
  };
  const below = await Promise.all(commands.map((name) => readHelp([...path, name])));
  return [own, ...below.flat()];
};

export const readCommands = async (): Promise<ReadonlyMap<string, CommandHelp>> =>
  new Map((await readHelp([])).map((command) => [command.path, command]));

/** `deadletters ls|show` means two command lines. */
const spelledOut = (words: readonly string[]): readonly (readonly string[])[] => {
  const at = words.findIndex((word) => /^[a-z-]+(\|[a-z-]+)+$/.test(word));
  const options = words[at]?.split('|');
  return options ? options.map((option) => words.with(at, option)) : [words];
};

const faultsOfWords = (
  words: readonly string[],
  known: ReadonlyMap<string, CommandHelp>,
): readonly string[] => {
  let command = known.get('');
  let rest = words;
  while (command && rest[0] !== undefined && command.commands.includes(rest[0])) {
    command = known.get(`${command.path} ${rest[0]}`.trim());
    rest = rest.slice(1);
  }
  if (!command) return ['no help'];
  const line = `tickmark ${words.join(' ')}`;
  const flags = rest.filter((word) => word.startsWith('-')).map((word) => word.split('=', 1)[0] ?? '');
  const wrong = flags
    .filter((flag) => !command.flags.includes(flag))
    .map((flag) => `${line}: ${flag} is no flag`);
  const word = rest[0];
  if (command.takesWords || word === undefined || word.startsWith('-') || word === '...') return wrong;
  return [...wrong, `${line}: ${word} is no command`];
};

/** What in a command line does not exist. */
export const faultsOf = (line: string, known: ReadonlyMap<string, CommandHelp>): readonly string[] =>
  spelledOut(wordsOf(line)).flatMap((words) => faultsOfWords(words, known));
