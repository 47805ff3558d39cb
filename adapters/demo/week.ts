/** The demo week: one seeded ISO week of twelve people, as signals in the order of their delivery. */
import type { ActorId, InstantMs, IsoWeek, SubjectId } from '../../schemas/brand.ts';
import { shift, subjectId } from '../../schemas/brand.ts';
import { kindOf, type SubjectKind } from '../../schemas/event.ts';
import { type Appointments, type HandOver, keepAppointments } from './appointments.ts';
import { clock, DEMO_WEEK, DEMO_ZONE, MONDAY, WEEK_FROM_MS, WEEK_TO_MS } from './calendar.ts';
import { abandonCall } from './calls.ts';
import { type BadSignal, deliver } from './delivery.ts';
import { ledger, type Stint, type Sums, sumsOf, type Utterance } from './ledger.ts';
import { FORGETFUL, PEOPLE } from './people.ts';
import { random } from './random.ts';
import { minutes, type Scene } from './scene.ts';
import { ticketDesk } from './tickets.ts';
import type { Visit } from './visits.ts';
import { workShift } from './working-day.ts';

/** The visit that nobody checked out of. */
export interface ForgottenCheckOut {
  readonly subject: SubjectId;
  readonly actor: ActorId;
  readonly checkedInMs: InstantMs;
  /** When the technician really left; no signal says so. */
  readonly leftMs: InstantMs;
  /** The first sign of the same person on another subject. */
  readonly nextStartMs: InstantMs;
  /** The check-in at the next customer, later on the same day. */
  readonly nextCheckInMs: InstantMs;
}

/** What is true of the week by construction, before any engine has looked at it. */
export interface DemoFacts {
  readonly week: IsoWeek;
  readonly zone: string;
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
  readonly people: readonly { readonly actor: ActorId; readonly team: string }[];
  /** Messages that are readable and differ from each other: the events that the log must hold. */
  readonly distinct: number;
  readonly duplicates: number;
  readonly late: number;
  readonly bad: readonly BadSignal[];
  readonly subjects: Readonly<Record<SubjectKind, number>>;
  readonly abandonedCalls: number;
  readonly transfers: readonly HandOver[];
  readonly handedOver: HandOver;
  readonly overMidnight: Appointments['overMidnight'];
  readonly timer: Appointments['timer'];
  readonly forgottenCheckOut: ForgottenCheckOut;
  /** Every stretch of work with a beginning and an end that signals tell. */
  readonly stints: readonly Stint[];
  /** The stints added up. Talk is without holds, visits without pauses. */
  readonly sums: ReadonlyMap<ActorId, Sums>;
}

export interface DemoWeek {
  /** CloudEvents 1.0 JSON texts in the order of their delivery. */
  readonly signals: readonly string[];
  /** When each of them arrived; the same order and length. */
  readonly receivedAtMs: readonly InstantMs[];
  readonly facts: DemoFacts;
}

const joinTeams = ({ ledger }: Scene): void => {
  for (const { actor, team } of PEOPLE)
    ledger.say('PersonJoinedTeam', subjectId(`person-${actor}`), clock(MONDAY - 7, 8), { actor, team });
};

const abandonCalls = (scene: Scene): number => {
  let count = 0;
  for (const day of [0, 1, 2, 3, 4])
    for (const team of ['Support', 'Support', 'Support', 'Sales'] as const) {
      abandonCall(scene, team, shift(clock(day, 9), minutes(scene, 0, 7 * 60)));
      count += 1;
    }
  return count;
};

const fillDays = (scene: Scene, appointments: Appointments): readonly Visit[] => {
  const tickets = ticketDesk(scene);
  const forgotten: Visit[] = [];
  for (const person of PEOPLE)
    for (const shiftOfDay of person.shifts)
      workShift({ scene, tickets, person, shift: shiftOfDay, forgotten }, appointments.slots);
  return forgotten;
};

const after = (utterances: readonly Utterance[], visit: Visit): readonly Utterance[] =>
  utterances
    .filter(
      ({ subject, data, atMs }) =>
        data['actor'] === FORGETFUL && subject !== visit.subject && atMs > visit.checkedInMs,
    )
    .toSorted((a, b) => a.atMs - b.atMs);

const forgottenFact = (forgotten: readonly Visit[], utterances: readonly Utterance[]): ForgottenCheckOut => {
  const [visit] = forgotten;
  if (visit === undefined || forgotten.length > 1) throw new Error('exactly one check-out is forgotten');
  const later = after(utterances, visit);
  const nextStart = later[0];
  const nextCheckIn = later.find(({ type }) => type === 'VisitCheckedIn');
  if (nextStart === undefined || nextCheckIn === undefined) throw new Error('nobody was visited afterwards');
  const { subject, checkedInMs, leftMs } = visit;
  return {
    subject,
    actor: FORGETFUL,
    checkedInMs,
    leftMs,
    nextStartMs: nextStart.atMs,
    nextCheckInMs: nextCheckIn.atMs,
  };
};

const countSubjects = (utterances: readonly Utterance[]): DemoFacts['subjects'] => {
  const kinds = new Map(utterances.map(({ subject, type }) => [subject, kindOf(type)]));
  const counts = {
    call: 0,
    ticket: 0,
    visit: 0,
    meeting: 0,
    email: 0,
    task: 0,
    timer: 0,
    chat: 0,
    entry: 0,
    any: 0,
    presence: 0,
    source: 0,
    person: 0,
    ruleset: 0,
    seal: 0,
  };
  for (const kind of kinds.values()) counts[kind] += 1;
  return counts;
};

/** The same seed gives the same bytes. */
export const demoWeek = (seed: number): DemoWeek => {
  const scene: Scene = { random: random(seed), ledger: ledger() };
  joinTeams(scene);
  const appointments = keepAppointments(scene);
  const abandonedCalls = abandonCalls(scene);
  const forgotten = fillDays(scene, appointments);
  const { utterances, stints } = scene.ledger;
  const { arrived, late, duplicates, bad } = deliver(scene, utterances);
  const facts: DemoFacts = {
    week: DEMO_WEEK,
    zone: DEMO_ZONE,
    fromMs: WEEK_FROM_MS,
    toMs: WEEK_TO_MS,
    people: PEOPLE.map(({ actor, team }) => ({ actor, team })),
    distinct: utterances.length,
    duplicates,
    late,
    bad,
    subjects: countSubjects(utterances),
    abandonedCalls,
    transfers: appointments.transfers,
    handedOver: appointments.handedOver,
    overMidnight: appointments.overMidnight,
    timer: appointments.timer,
    forgottenCheckOut: forgottenFact(forgotten, utterances),
    stints,
    sums: sumsOf(
      stints,
      PEOPLE.map(({ actor }) => actor),
    ),
  };
  return {
    signals: arrived.map(({ raw }) => raw),
    receivedAtMs: arrived.map(({ receivedAtMs }) => receivedAtMs),
    facts,
  };
};
