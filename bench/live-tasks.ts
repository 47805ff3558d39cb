/** The work that bench/live.ts sends: tasks of three minutes, one after the other, of many people, in one week. */

const MONDAY_MS = Date.UTC(2020, 0, 6, 8);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A task every four minutes for eight hours. */
const TASKS_A_DAY = 120;
const DAYS = 5;

/** The most tasks that a week of so many people holds. */
export const mostTasks = (people: number): number => people * TASKS_A_DAY * DAYS;

const eventOf = (task: number, type: string, atMs: number, actor: string): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `${task}-${type}`,
    source: 'bench',
    type,
    subject: `task-${task}`,
    time: new Date(atMs).toISOString(),
    data: { actor, attributes: { customer: `customer-${task % 97}` } },
  });

/** The two signals of task number `task`; person after person has one, then each the next. */
export const taskOf = (task: number, people: number): string => {
  const turn = Math.floor(task / people);
  const startMs = MONDAY_MS + Math.floor(turn / TASKS_A_DAY) * DAY_MS + (turn % TASKS_A_DAY) * 4 * MINUTE_MS;
  const actor = `person-${task % people}`;
  return `${eventOf(task, 'TaskStarted', startMs, actor)},${eventOf(task, 'TaskCompleted', startMs + 3 * MINUTE_MS, actor)}`;
};
