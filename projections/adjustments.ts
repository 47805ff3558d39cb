/**
 * Adjustments: what has been learned of sealed weeks since, in the report of the first week after them that is open.
 *
 *     week      W10 sealed    W11 sealed    W12 open
 *     report    as issued     as issued     its own time, and beside it: W10 +0:11:30
 *
 * When W12 is sealed its adjustments are issued with it, and W13 shows only what is learned after that. So for every
 * person and measure, at any time: live time = what was issued + every adjustment.
 */
import type { IsoWeek } from '../schemas/brand.ts';
import type { Adjustment, PersonWeek, Tally } from '../schemas/report.ts';
import { compareText } from '../schemas/text-order.ts';
import { NOTHING, addTallies, isNoChange, mondayOfWeek, tallyChange, weekOfDay } from '../engine/index.ts';
import type { RowReader } from './ports.ts';
import type { Seals } from './seals.ts';

const weekBefore = (week: IsoWeek): IsoWeek => weekOfDay(mondayOfWeek(week) - 7);
const weekAfter = (week: IsoWeek): IsoWeek => weekOfDay(mondayOfWeek(week) + 7);

/** The week whose report shows what is learned of this one. */
export const openWeekAfter = (week: IsoWeek, seals: Seals): IsoWeek => {
  let open = weekAfter(week);
  while (seals.has(open)) open = weekAfter(open);
  return open;
};

/** The unbroken run of sealed weeks before an open one, ascending. */
const sealedBefore = (week: IsoWeek, seals: Seals): readonly IsoWeek[] => {
  const run: IsoWeek[] = [];
  for (let one = weekBefore(week); seals.has(one); one = weekBefore(one)) run.unshift(one);
  return run;
};

type Key = Pick<Adjustment, 'actor' | 'measure'>;
const keyOf = ({ actor, measure }: Key): string => JSON.stringify([actor, measure]);

type Figures = Map<string, { readonly key: Key; readonly tallies: Tally[] }>;

const put = (figures: Figures, { actor, measure }: Key, tally: Tally): void => {
  const key = keyOf({ actor, measure });
  const known = figures.get(key);
  if (known) known.tallies.push(tally);
  else figures.set(key, { key: { actor, measure }, tallies: [tally] });
};

/** What has been told of a week so far: its own sheets, and the adjustments of weeks that were sealed after it. */
const issuedFor = (week: IsoWeek, seals: Seals): Figures => {
  const issued: Figures = new Map();
  for (const { said, sheets } of seals.values())
    for (const { days, adjustments } of sheets) {
      if (said.week === week) for (const day of days) put(issued, day, day.all);
      for (const one of adjustments) if (one.week === week) put(issued, one, one.change);
    }
  return issued;
};

const byPerson = (a: Adjustment, b: Adjustment): number =>
  compareText(a.actor, b.actor) || compareText(a.measure, b.measure);

/** By how much the live rows of a sealed week differ from everything that was issued for it. */
const adjustmentsOf = (week: IsoWeek, live: readonly PersonWeek[], seals: Seals): readonly Adjustment[] => {
  const issued = issuedFor(week, seals);
  const reportedIn = openWeekAfter(week, seals);
  const now: Figures = new Map();
  for (const row of live) put(now, row, row.all.tally);
  return [...new Map([...issued, ...now]).values()]
    .map(({ key }) => {
      const talliesIn = (figures: Figures): Tally =>
        addTallies(figures.get(keyOf(key))?.tallies ?? [NOTHING]);
      return { week, reportedIn, ...key, change: tallyChange(talliesIn(now), talliesIn(issued)) };
    })
    .filter(({ change }) => !isNoChange(change))
    .sort(byPerson);
};

/** What the report of an open week shows beside its own time. By week, person and measure. */
export const adjustmentsIn = async (
  week: IsoWeek,
  seals: Seals,
  rows: Pick<RowReader, 'personWeeks'>,
): Promise<readonly Adjustment[]> => {
  const found: Adjustment[] = [];
  for (const sealed of sealedBefore(week, seals))
    found.push(...adjustmentsOf(sealed, await rows.personWeeks(sealed), seals));
  return found;
};

/** All that has been told or is to be told of sealed weeks: issued with later ones, or open. */
export const allAdjustments = async (
  seals: Seals,
  rows: Pick<RowReader, 'personWeeks'>,
): Promise<readonly Adjustment[]> => {
  const issued = [...seals.values()].flatMap(({ sheets }) =>
    sheets.flatMap(({ adjustments }) => adjustments),
  );
  const open: Adjustment[] = [];
  for (const week of seals.keys()) open.push(...adjustmentsOf(week, await rows.personWeeks(week), seals));
  return [...issued, ...open];
};
