/** A page of an API cut into its members: the text of each as the sender wrote it. */
import { describe, expect, it } from 'vitest';
import { splitPage } from '../../adapters/dialects/reading/json-members.ts';
import { signalOf } from './signals.ts';

const membersOf = (raw: string): readonly string[] =>
  splitPage('audits', 'result')(signalOf(raw)).map((signal) => signal.raw);

describe('a page', () => {
  it.each([
    [
      'with blanks, and long numbers that no parser may touch',
      ' {"n": 1, "result" : [ {"id":12345678901234567890}, 2 ] }',
      ['{"id":12345678901234567890}', '2'],
    ],
    [
      'whose texts hold brackets, commas and quotes',
      '{"result":[{"a":"],\\"[{"},"}"],"z":"["}',
      ['{"a":"],\\"[{"}', '"}"'],
    ],
    ['with the key in an inner object too', '{"meta":{"result":[1]},"result":[2,3]}', ['2', '3']],
    ['with the key twice: the last counts', '{"result":[1],"result":[2]}', ['2']],
    ['under another of its keys', '{"next_page":null,"audits":[1,2]}', ['1', '2']],
    ['that is the array itself', '[1,{"result":[2]}]', ['1', '{"result":[2]}']],
  ])('%s', (_, raw, members) => {
    expect(membersOf(raw)).toEqual(members);
  });

  it.each([
    ['{"result":{"id":1}}'],
    ['{"result":[]}'],
    ['{"other":[1,2]}'],
    ['{"results":[1,2]}'],
    ['{"result":[1,2'],
    ['{}'],
    [''],
  ])('%s stays the one message that it is', (raw) => {
    expect(membersOf(raw)).toEqual([raw]);
  });
});
