/** Signals of one source through the whole corridor in memory: translated, appended, projected, answered as records. */
import { byName } from '../../adapters/dialect-of.ts';
import { openIntake } from '../../adapters/intake.ts';
import { readRules } from '../../adapters/rule-file.ts';
import type { Ruling } from '../../adapters/rule-file.ts';
import { inSource } from '../../adapters/dialects/reading/in-source.ts';
import { catchUp } from '../../projections/index.ts';
import type { StoredEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { DeadLetter, Dialect, Signal } from '../../schemas/signal.ts';
import type { Source } from '../../schemas/source.ts';
import { allOf } from '../real/rows.ts';
import { memoryWorkspace } from '../real/workspaces.ts';

/** The recipe of the service desk: calls with hold and after-call work, and how long tickets take. */
export const serviceDesk = (): Promise<Ruling> => readRules('rules/service-desk.yaml');

export interface Delivered {
  readonly records: readonly TimeRecord[];
  readonly events: readonly StoredEvent[];
  readonly letters: readonly DeadLetter[];
}

/** One source speaks the dialect; `people` are the names that the reports know. */
export const spoken = (dialect: Dialect, people: Source['people'] = {}): Dialect =>
  inSource(dialect, { people, bots: [] });

/**
 * Batch after batch, each durable before the next; after each the answers are brought up by a projector that knows
 * nothing but its checkpoint, as one that was started again.
 */
export const deliver = async (
  dialect: Dialect,
  batches: readonly (readonly Signal[])[],
  ruling: Ruling,
): Promise<Delivered> => {
  const workspace = await memoryWorkspace();
  try {
    const intake = openIntake({ ...workspace, dialectOf: byName(dialect) });
    for (const batch of batches) {
      const signals = batch.flatMap((signal) => dialect.split?.(signal) ?? [signal]);
      await intake.take(
        signals.map((signal) => ({
          status: 'signal',
          signal: { ...signal, source: dialect.name, dialect: dialect.name },
        })),
      );
      await catchUp({ ...ruling, log: workspace.log, rows: workspace.answers });
    }
    return {
      records: await allOf(workspace.answers.allRecords()),
      events: await allOf(workspace.log.readAll(0)),
      letters: await workspace.deadLetters.list('waiting'),
    };
  } finally {
    await workspace.close();
  }
};
