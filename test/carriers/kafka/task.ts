/** Messages that start tasks: one event each, numbered, so that what is missing can be named. */
import type { TickmarkEvent } from '../../../schemas/event.ts';

export const taskOf = (number: number): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `start-${number}`,
    source: 'crm',
    type: 'TaskStarted',
    subject: `task-${number}`,
    time: '2020-01-06T09:00:00Z',
    data: { actor: 'ann' },
  });

export const tasks = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({
    key: `task-${from + index}`,
    value: taskOf(from + index),
  }));

/** The numbers of the tasks that were started, in the order of the log. */
export const numbersIn = (events: readonly TickmarkEvent[]): readonly number[] =>
  events.filter(({ type }) => type === 'TaskStarted').map(({ subject }) => Number(subject.slice(5)));

export const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
