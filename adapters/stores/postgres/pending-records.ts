/** Records that a transaction has put or removed and not yet sent to the server. */
import type { ActorId, RecordId, SubjectId } from '../../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../../schemas/record.ts';

export interface PutRecord {
  readonly record: TimeRecord;
  readonly pieces: readonly Piece[];
  readonly begins: boolean;
}

export interface PendingRecords {
  put(put: PutRecord): void;
  remove(id: RecordId): void;
  /** Whether the server does not know yet what became of the record. */
  has(id: RecordId): boolean;
  /** In no order. */
  ofSubject(subject: SubjectId): readonly PutRecord[];
  ofActor(actor: ActorId): readonly PutRecord[];
  readonly size: number;
  /** What is pending, which then no longer is. */
  take(): { readonly puts: readonly PutRecord[]; readonly removed: readonly RecordId[] };
}

/** The ids by something that several records share. */
const index = <Key>() => {
  const groups = new Map<Key, Set<RecordId>>();
  return {
    add: (key: Key, id: RecordId): void => {
      const ids = groups.get(key);
      if (ids) ids.add(id);
      else groups.set(key, new Set([id]));
    },
    delete: (key: Key, id: RecordId): void => void groups.get(key)?.delete(id),
    of: (key: Key): Iterable<RecordId> => groups.get(key) ?? [],
    clear: (): void => groups.clear(),
  };
};

export const pendingRecords = (): PendingRecords => {
  const puts = new Map<RecordId, PutRecord>();
  const removed = new Set<RecordId>();
  const [bySubject, byActor] = [index<SubjectId>(), index<ActorId>()];
  const forget = (id: RecordId): void => {
    const former = puts.get(id)?.record;
    if (!former) return;
    puts.delete(id);
    bySubject.delete(former.subject, id);
    byActor.delete(former.actor, id);
  };
  const found = (ids: Iterable<RecordId>): readonly PutRecord[] =>
    [...ids].flatMap((id) => puts.get(id) ?? []);
  return {
    put: (put) => {
      const { id, subject, actor } = put.record;
      forget(id);
      removed.delete(id);
      puts.set(id, put);
      bySubject.add(subject, id);
      byActor.add(actor, id);
    },
    remove: (id) => {
      forget(id);
      removed.add(id);
    },
    has: (id) => puts.has(id) || removed.has(id),
    ofSubject: (subject) => found(bySubject.of(subject)),
    ofActor: (actor) => found(byActor.of(actor)),
    get size() {
      return puts.size + removed.size;
    },
    take: () => {
      const taken = { puts: [...puts.values()], removed: [...removed] };
      puts.clear();
      removed.clear();
      bySubject.clear();
      byActor.clear();
      return taken;
    },
  };
};
