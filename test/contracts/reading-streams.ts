/** The contract of logs that can be read stream by stream: the pages hold what the streams hold, as of the survey. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventLog } from '../../projections/ports.ts';
import type { LogSurvey, StreamReader } from '../../projections/rebuild-ports.ts';
import { actorId, eventId, instantMs, subjectId } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { idOf, sampleEvent, sampleEvents } from './store-samples.ts';

const any = { at: 'any' } as const;
/** More than any store has in a page. */
const MANY = 600;

const fact = <Type extends TickmarkEvent['type']>(
  subject: string,
  type: Type,
  data: Extract<TickmarkEvent, { type: Type }>['data'],
  at: number,
) => ({ ...sampleEvent(at, subject), type, data, occurredAt: instantMs(at) }) as TickmarkEvent;

export const readingStreamsContract = (makeLog: () => Promise<EventLog & StreamReader>): void => {
  describe('streams', () => {
    let log: EventLog & StreamReader;
    beforeEach(async () => {
      log = await makeLog();
    });
    afterEach(() => log.close());
    const append = (stream: string, events: readonly TickmarkEvent[]) =>
      log.append([{ stream, expected: any, events }]);
    const all = async (survey: LogSurvey): Promise<readonly (readonly TickmarkEvent[])[]> => {
      const streams: (readonly TickmarkEvent[])[] = [];
      for (let page = 0; page < survey.pages; page += 1) streams.push(...(await log.streamsOf(page, survey)));
      return streams;
    };

    it('are in one page each, whole and in order', async () => {
      for (let n = 0; n < MANY; n += 1) await append(`call-${n}`, sampleEvents(0, 2, `call-${n}`));
      await append('call-0', sampleEvents(2, 3, 'call-0'));
      const streams = await all(await log.survey());
      expect(streams).toHaveLength(MANY);
      for (const events of streams) {
        const stored = await log.readStream(events[0]?.subject ?? '');
        expect(events).toEqual(stored.map(({ event }) => event));
      }
      expect(new Set(streams.map(([first]) => first?.subject)).size).toBe(MANY);
    });

    it('hold every event as it was appended, whatever its id and its name are', async () => {
      const odd = ['0123456789ABCDEF0123456789ABCDEF', idOf('a').toUpperCase(), '=', '"x"', idOf('b')];
      const events = odd.map((id, n) => sampleEvent(n, 'call-é "1"', { id: eventId(id), sequence: n }));
      const whole = [...events, sampleEvent(9, 'call-é "1"', { correlation: 'c', causation: 'd' })];
      await append('call-é "1"', whole);
      expect(await all(await log.survey())).toEqual([whole]);
    });

    it('end where the survey ends', async () => {
      await append('call-1', sampleEvents(0, 2));
      const survey = await log.survey();
      await append('call-1', sampleEvents(2, 3));
      await append('call-2', sampleEvents(0, 1, 'call-2'));
      expect(survey).toMatchObject({ position: 2, lastId: sampleEvent(1).id });
      expect(await all(survey)).toEqual([sampleEvents(0, 2)]);
    });

    it('an empty log has none, and no clock', async () => {
      const survey = await log.survey();
      expect(survey).toMatchObject({ position: 0, lastId: null, horizonMs: null, merged: [] });
      expect(await all(survey)).toEqual([]);
    });

    it('the survey tells the latest work, who was merged, and who may have a team', async () => {
      const actor = actorId('AVI');
      await append('call-2', [fact('call-2', 'CallEnded', {}, 50), fact('call-2', 'CallHeld', {}, 40)]);
      await append('call-1', [fact('call-1', 'SubjectMerged', { into: subjectId('call-2') }, 60)]);
      await append('person-AVI', [fact('person-AVI', 'PersonJoinedTeam', { actor, team: 'north' }, 70)]);
      const survey = await log.survey();
      expect(survey).toMatchObject({ horizonMs: 50, merged: ['call-1'], teams: ['person-AVI'] });
    });
  });
};
