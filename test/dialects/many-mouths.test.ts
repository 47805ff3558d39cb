/**
 * One call, told by everybody who can tell it: 12 s of ring, 600 s of talk with 90 s of hold in between, 120 s of wrap-up.
 * The same facts, the same records; what a vendor cannot tell is told by nobody.
 */
import { describe, expect, it } from 'vitest';
import { actorId } from '../../schemas/brand.ts';
import type { EventType } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { Signal } from '../../schemas/signal.ts';
import type { Source } from '../../schemas/source.ts';
import { scriptedCall as amazonConnectCall } from './amazon-connect-samples.ts';
import { scriptedCall as asteriskCall } from './asterisk-samples.ts';
import { type Delivered, deliver, serviceDesk, spoken } from './corridor.ts';
import { scriptedCall as freeswitchCall } from './freeswitch-samples.ts';
import { scriptedCall as genesysCall } from './genesys-samples.ts';
import { scriptedCall as twilioCall } from './twilio-samples.ts';
import { dialectOf } from './vendors.ts';

/** A Monday, 10:00 in Berlin, in the desk's hours. */
const START_MS = Date.UTC(2026, 2, 2, 9);

interface Mouth {
  readonly vendor: string;
  readonly tell: (startMs: number) => readonly Signal[];
  readonly people?: Source['people'];
  /** What it has no words for. */
  readonly cannotTell: readonly EventType[];
}

const CALLS: readonly Mouth[] = [
  { vendor: 'twilio', tell: twilioCall, cannotTell: [] },
  { vendor: 'amazon-connect', tell: amazonConnectCall, cannotTell: [] },
  { vendor: 'genesys', tell: genesysCall, cannotTell: [] },
  {
    vendor: 'asterisk',
    tell: asteriskCall,
    people: { 'PJSIP/7001': actorId('ana') },
    cannotTell: ['CallWrappedUp'],
  },
  {
    vendor: 'freeswitch',
    tell: freeswitchCall,
    people: { '7001': actorId('ana') },
    cannotTell: ['CallWrappedUp'],
  },
];

const delivered = async ({ vendor, tell, people }: Mouth): Promise<Delivered> =>
  deliver(spoken(dialectOf(vendor), people), [tell(START_MS)], await serviceDesk());

/** The story of the call: each kind of fact with its seconds since the start. */
const STORY: readonly (readonly [EventType, number])[] = [
  ['CallQueued', 0],
  ['CallOffered', 0],
  ['CallConnected', 12],
  ['CallHeld', 312],
  ['CallResumed', 402],
  ['CallEnded', 702],
  ['CallWrappedUp', 822],
];

/** Each kind of fact once, when it was told to happen first: that it came again moves nothing. */
const storyOf = ({ events }: Delivered): readonly string[] =>
  STORY.flatMap(([type]) => {
    const own = events.filter(({ event }) => event.type === type).map(({ event }) => event.occurredAt);
    return own.length === 0 ? [] : [`${(Math.min(...own) - START_MS) / 1_000} ${type}`];
  });

const seconds = (records: readonly TimeRecord[], rule: string): readonly string[] =>
  records
    .filter((record) => record.rule === rule)
    .map(({ actor, countedMs, gradesMs }) => {
      const grade = gradesMs.observed === countedMs ? 'observed' : 'inferred';
      return `${actor} ${countedMs / 1_000} s ${grade}`;
    });

describe.each(CALLS)('the call as $vendor tells it', (mouth) => {
  it('has the same facts at the same instants, but for what it cannot tell', async () => {
    const told = storyOf(await delivered(mouth));
    const wanted = STORY.filter(([type]) => !mouth.cannotTell.includes(type)).map(
      ([type, at]) => `${at} ${type}`,
    );
    expect(told).toEqual(wanted);
  });

  it('is 600 s of talk and 90 s of hold, observed', async () => {
    const { records, letters } = await delivered(mouth);
    expect(seconds(records, 'call.talk')).toEqual(['ana 600 s observed']);
    expect(seconds(records, 'call.hold')).toEqual(['ana 90 s observed']);
    expect(letters).toEqual([]);
  });

  it('has 120 s of wrap-up where it is told, and otherwise none that is said to be observed', async () => {
    const { records } = await delivered(mouth);
    const isTold = !mouth.cannotTell.includes('CallWrappedUp');
    const observed = seconds(records, 'call.wrap-up').filter(
      (line) => line.endsWith('observed') && !line.includes(' 0 s'),
    );
    expect(observed).toEqual(isTold ? ['ana 120 s observed'] : []);
  });
});
