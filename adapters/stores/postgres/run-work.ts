/** The work of one transaction: run on its rows, and what it wrote sent. */
import type { RowTransaction } from '../../../projections/ports.ts';
import type { Claims } from './claims.ts';
import { rowTransaction } from './row-transaction.ts';
import { sendAll } from './sending.ts';
import type { Session } from './session.ts';
import { underwayOn } from './underway.ts';

/** Whose checkpoint it is. */
export interface Checkpoint {
  read(session: Session): ReturnType<RowTransaction['state']>;
  save(session: Session, ...args: Parameters<RowTransaction['save']>): Promise<void>;
}

export const runWork = async <Result>(
  session: Session,
  work: (rows: RowTransaction) => Promise<Result>,
  checkpoint: Checkpoint,
  { claim }: Claims,
): Promise<Result> => {
  const underway = underwayOn(session);
  const { pending, known, inTurn } = underway;
  const result = await work({
    ...rowTransaction(underway),
    claim: (actors) =>
      inTurn(async () => {
        const hadAll = await claim(actors);
        if (!hadAll) known.clear();
        return hadAll;
      }),
    state: () => inTurn(async () => pending.state ?? checkpoint.read(session)),
    save: async (state) => {
      pending.state = state;
    },
  });
  await inTurn(async () => {
    await sendAll(underway);
    if (pending.state) await checkpoint.save(session, pending.state);
  });
  return result;
};
