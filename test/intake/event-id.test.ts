/** The ids of events: UUIDs of version 5, as another program computes them. */
import { describe, expect, it } from 'vitest';
import { eventIdOf, identityOf } from '../../adapters/event-id.ts';
import { instantMs, subjectId } from '../../schemas/brand.ts';
import type { EventDraft } from '../../schemas/event.ts';

const connected: EventDraft = {
  type: 'CallConnected',
  vendorId: 'v1',
  subject: subjectId('call-1'),
  occurredAt: instantMs(0),
  data: {},
};

describe('the id of an event', () => {
  // python3 -c 'import uuid; print(uuid.uuid5(uuid.UUID("6f1f2a52-c1a9-4c0f-9d7a-5b0a3b8f1e44"),
  //   "[\"bank-1999\",\"v1\",\"CallConnected\",\"call-1\",0]"))'
  it('is the UUID of its source, vendor id, type, subject and revision', () => {
    expect(eventIdOf('bank-1999', connected)).toBe('d9b5529c-8151-5ed2-a41d-93062557e95f');
  });

  // The same with '["crm","Zoë\\"|1","TaskStarted","task-größe",2]' as Python writes it.
  it('takes text beyond ASCII as UTF-8, and quotes as JSON does', () => {
    const draft: EventDraft = {
      type: 'TaskStarted',
      vendorId: 'Zoë"|1',
      subject: subjectId('task-größe'),
      occurredAt: instantMs(0),
      revision: 2,
      data: {},
    };
    expect(eventIdOf('crm', draft)).toBe('1863fadb-75a5-5430-a91d-fc985523d6b4');
  });

  it('does not depend on when it happened or what it says: those may be corrected only under a revision', () => {
    const later = { ...connected, occurredAt: instantMs(99), data: { attributes: { line: '7' } } };
    expect(eventIdOf('bank-1999', later)).toBe(eventIdOf('bank-1999', connected));
    expect(eventIdOf('bank-1999', { ...connected, revision: 1 })).not.toBe(eventIdOf('bank-1999', connected));
  });

  // The first as above, the second as Python writes it with 3 in place of 0.
  it('is told with that of the fact, which is the id of its first word, where it may be a later one', () => {
    expect(identityOf('bank-1999', connected)).toEqual({ id: 'd9b5529c-8151-5ed2-a41d-93062557e95f' });
    expect(identityOf('bank-1999', { ...connected, revision: 3 })).toEqual({
      id: '80a7530a-8414-5ae1-8b01-dce437234972',
      fact: 'd9b5529c-8151-5ed2-a41d-93062557e95f',
    });
    expect(identityOf('bank-1999', { ...connected, revision: 0 })).toEqual({
      id: 'd9b5529c-8151-5ed2-a41d-93062557e95f',
      fact: 'd9b5529c-8151-5ed2-a41d-93062557e95f',
    });
  });

  it('cannot be shifted from one part to the next', () => {
    const one = { ...connected, vendorId: 'a","b' };
    const other = { ...connected, vendorId: 'b' };
    expect(eventIdOf('x', one)).not.toBe(eventIdOf('x","a', other));
  });
});
