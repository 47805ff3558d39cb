/** The messages of bench/kafka.ts: tasks of a hundred people, a message for each beginning and end, numbered. */

const at = (minute: number): string => new Date(Date.UTC(2020, 0, 6) + minute * 60_000).toISOString();

export const messageAt = (number: number): string => {
  const [task, isEnd] = [number >> 1, number % 2 === 1];
  const minute = (task % 10_000) + (isEnd ? 3 : 0);
  return JSON.stringify({
    specversion: '1.0',
    id: `${task}-${isEnd ? 'end' : 'start'}`,
    source: 'bench',
    type: isEnd ? 'TaskCompleted' : 'TaskStarted',
    subject: `task-${task}`,
    time: at(minute),
    data: { actor: `person-${task % 100}` },
  });
};
