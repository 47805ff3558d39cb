/** A dialect as one source speaks it: every name of a person, and every name of a subject, is exchanged, wherever it stands. */
import { describe, expect, it } from 'vitest';
import { inSource } from '../../adapters/dialects/reading/in-source.ts';
import { tickmark } from '../../adapters/dialects/tickmark.ts';
import { actorId } from '../../schemas/brand.ts';
import { eventsOf, signalOf } from './signals.ts';

const dialect = inSource(tickmark, {
  system: 'desk',
  people: { '7': actorId('ana'), '8': actorId('bo') },
  bots: ['9'],
});

const told = (type: string, subject: string, data: object) =>
  eventsOf(
    dialect.translate(
      signalOf(
        JSON.stringify({
          specversion: '1.0',
          id: type,
          source: 'test',
          type,
          subject,
          time: '2026-03-02T10:00:00Z',
          data,
        }),
      ),
    ),
  )[0];

describe('a fact', () => {
  it.each([
    ['CallConnected', 'call-1', { actor: '7' }, 'call-desk.1', { actor: 'ana' }],
    ['CallConnected', 'call-1', { actor: '9' }, 'call-desk.1', { actor: '9', actorKind: 'bot' }],
    ['CallConnected', 'call-1', { actor: 'toString' }, 'call-desk.1', { actor: 'toString' }],
    ['PersonActive', 'presence-7', { actor: '7' }, 'presence-ana', { actor: 'ana' }],
    ['SubjectMerged', 'ticket-1', { into: 'ticket-2' }, 'ticket-desk.1', { into: 'ticket-desk.2' }],
    ['TimeApproved', 'call-1', { actor: '7', by: '8' }, 'call-desk.1', { actor: 'ana', by: 'bo' }],
    [
      'NoteAttached',
      'call-1',
      { text: 'seen', by: '8', evidence: ['ticket-2', 'call-3'] },
      'call-desk.1',
      { text: 'seen', by: 'bo', evidence: ['ticket-desk.2', 'call-desk.3'] },
    ],
    ['SourceWentDown', 'source-pbx', {}, 'source-pbx', {}],
  ])('%s of %s', (type, subject, data, subjectThere, dataThere) => {
    expect(told(type, subject, data)).toMatchObject({ subject: subjectThere, data: dataThere });
  });
});
