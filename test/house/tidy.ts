/** The tidy rules: what a file of this house may not look like, one function a rule. */
import { type HouseFile, ROOMS } from './tree.ts';

/** The complaints about one file, each with the place that an editor can jump to. */
export type TidyRule = (file: HouseFile) => readonly string[];

const lines = ({ text }: HouseFile): readonly string[] => text.replace(/\n$/, '').split('\n');
const isCode = ({ path }: HouseFile): boolean =>
  path.endsWith('.ts') && ROOMS.some((room) => path.startsWith(`${room}/`));
const when = (holds: boolean, complaint: string): readonly string[] => (holds ? [complaint] : []);

const everyLine =
  (pattern: RegExp, complaint: string): TidyRule =>
  (file) =>
    lines(file).flatMap((line, index) => when(pattern.test(line), `${file.path}:${index + 1} ${complaint}`));

const MOST_LINES = [
  { start: 'engine/', most: 200 },
  { start: 'test/', most: 500 },
  { start: '', most: 300 },
] as const;

const short: TidyRule = (file) => {
  const limit = MOST_LINES.find(({ start }) => file.path.startsWith(start));
  const count = lines(file).length;
  const tooLong = limit !== undefined && file.path.endsWith('.ts') && count > limit.most;
  return when(tooLong, `${file.path} has ${count} lines; ${limit?.most} is the most`);
};

const saysItsNoun: TidyRule = (file) =>
  when(
    isCode(file) && !file.text.startsWith('/**'),
    `${file.path}:1 does not say what it is in a doc comment`,
  );

// A service desk is a noun of the field.
const HOMELESS = /(^|[/-])(utils?|helpers?|common|managers?|services?(?!-desk)|misc)([-./]|$)/;
const hasNoun: TidyRule = ({ path }) =>
  when(HOMELESS.test(path), `${path} has no noun for a name: what is it, and who owns it?`);

const kebab: TidyRule = (file) =>
  when(
    isCode(file) && !/^[a-z0-9]+([-./][a-z0-9]+)*$/.test(file.path),
    `${file.path} is not written in kebab-case`,
  );

const endsWell: TidyRule = ({ path, text }) =>
  when(text !== '' && !/[^\n]\n$/.test(text), `${path} does not end with exactly one line break`);

// Spelled in two halves, or this file would accuse itself.
const FIX = 'FIX' + 'ME';
const TO_DO = 'TO' + 'DO';

export const TIDY_RULES: readonly TidyRule[] = [
  short,
  saysItsNoun,
  hasNoun,
  kebab,
  endsWell,
  everyLine(/[ \t]+\r?$/, 'ends in blanks'),
  everyLine(/\t/, 'holds a tab'),
  everyLine(new RegExp(`\\b${FIX}\\b`), `says ${FIX}, which cannot merge`),
  everyLine(
    new RegExp(`\\b${TO_DO}\\b(?!\\([a-z-]+\\): \\S)`),
    `says ${TO_DO} without its category and reason: ${TO_DO}(speed): why`,
  ),
];

export const complaints = (files: readonly HouseFile[]): readonly string[] =>
  files.flatMap((file) => TIDY_RULES.flatMap((rule) => rule(file)));
