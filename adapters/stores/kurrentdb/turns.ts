/** Who works when: one after the other on the same stream, a few streams side by side. */

/** Runs the work when all earlier work on the same key has settled. */
export type Turns = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

export const inTurns = (): Turns => {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const former = last.get(key);
    const turn = former ? former.then(work, work) : work();
    last.set(key, turn);
    const leave = (): void => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  };
};

/** Works on all of them, at most so many at once. After a failure nothing more is begun; it rejects when all begun work has settled. */
export const sideBySide = async <Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++])
      try {
        await work(item);
      } catch (error) {
        next = items.length;
        throw error;
      }
  };
  const workers = Array.from({ length: Math.min(most, items.length) }, worker);
  await Promise.allSettled(workers);
  await Promise.all(workers);
};
