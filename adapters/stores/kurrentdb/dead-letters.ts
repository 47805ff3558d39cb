/**
 * The dead letters on KurrentDB: one stream of what happened to letters, folded in memory. It is read once and
 * then, before every answer, from where it was read to.
 */
import { randomUUID } from 'node:crypto';
import type { EventData, JSONType } from '@eventstore/db-client';
import type { DeadLetters } from '../../../projections/ports.ts';
import type { DeadLetter } from '../../../schemas/signal.ts';
import { deliveredAgain, inOrder, pageIn, resolved } from '../dead-letter.ts';
import { openAccess, type OwnAccess } from './access.ts';
import type { KurrentdbOptions } from './options.ts';
import { recordsOf } from './read.ts';
import { type Recorded, wholeNumber } from './recorded.ts';
import { deadLetterStreamName } from './stream-name.ts';
import { inTurns } from './turns.ts';
import { BYTES_IN_A_WRITE, bytesOf, write } from './write.ts';

/** What can happen to a letter. */
type Happening =
  | { readonly type: 'DeadLetterPut'; readonly data: { readonly letter: DeadLetter } }
  | { readonly type: 'DeadLetterResolved'; readonly data: { readonly id: string } };

interface Folded {
  readonly letters: Map<string, DeadLetter>;
  /** The last revision that is in the letters; -1 before the first. */
  revision: number;
}

const apply = ({ letters }: Folded, { type, data }: Happening): void => {
  switch (type) {
    case 'DeadLetterPut': {
      const former = letters.get(data.letter.id);
      letters.set(data.letter.id, former ? deliveredAgain(former, data.letter) : data.letter);
      return;
    }
    case 'DeadLetterResolved': {
      const former = letters.get(data.id);
      if (former) letters.set(data.id, resolved(former));
      return;
    }
  }
};

const happeningIn = ({ type, data }: Recorded): Happening => {
  if (type !== 'DeadLetterPut' && type !== 'DeadLetterResolved')
    throw new Error(`the dead letters hold something of the unknown type ${type}`);
  // Written by proposalOf below.
  return { type, data } as unknown as Happening;
};

const proposalOf = ({ type, data }: Happening): EventData => ({
  id: randomUUID(),
  contentType: 'application/json',
  type,
  data: data as unknown as JSONType,
  metadata: undefined,
});

/** As many as fit into one write; a letter that is larger goes alone. */
const firstWrite = (proposals: readonly EventData[]): readonly EventData[] => {
  let bytes = 0;
  const end = proposals.findIndex(
    (proposal, at) => (bytes += bytesOf(proposal.data)) > BYTES_IN_A_WRITE && at > 0,
  );
  return end < 0 ? proposals : proposals.slice(0, end);
};

const open = (access: OwnAccess) => {
  const stream = deadLetterStreamName(access.settings.namespace);
  const folded: Folded = { letters: new Map(), revision: -1 };
  const turns = inTurns();
  const readOn = async (): Promise<void> => {
    for (const record of await recordsOf(access, stream, folded.revision + 1)) {
      apply(folded, happeningIn(record));
      folded.revision = wholeNumber(record.revision);
    }
  };
  const add = async (happenings: readonly Happening[]): Promise<void> => {
    let rest = happenings;
    while (rest.length > 0) {
      const events = firstWrite(rest.map(proposalOf));
      if ((await write(access, { stream, revision: folded.revision, events })) === 'outrun') {
        await readOn();
        continue;
      }
      for (const happening of rest.slice(0, events.length)) apply(folded, happening);
      folded.revision += events.length;
      rest = rest.slice(events.length);
    }
  };
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => turns(stream, work);
  return {
    add: (happenings: readonly Happening[]) => inTurn(() => add(happenings)),
    letters: () => inTurn(async () => readOn().then(() => folded.letters)),
    settled: () => inTurn(async () => undefined),
  };
};

export const kurrentdbDeadLetters = async (
  connectionString: string,
  options: KurrentdbOptions = {},
): Promise<DeadLetters & { close(): Promise<void> }> => {
  const access = await openAccess(connectionString, options);
  const store = open(access);
  const list: DeadLetters['list'] = async (status) =>
    inOrder(
      [...(await store.letters()).values()].filter(
        (letter) => status === undefined || letter.status === status,
      ),
    );
  return {
    put: (letters) => store.add(letters.map((letter) => ({ type: 'DeadLetterPut', data: { letter } }))),
    list,
    page: async (after, limit, status) => pageIn(await list(status), after, limit),
    get: async (id) => (await store.letters()).get(id),
    resolve: async (ids) => {
      const letters = await store.letters();
      await store.add(
        ids.filter((id) => letters.has(id)).map((id) => ({ type: 'DeadLetterResolved', data: { id } })),
      );
    },
    close: () => access.close(store.settled),
  };
};
