/** Hours of work as our own CloudEvents: what a test sends. */

const cloudEvent = (id: string, type: string, time: string, data: object): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `${id}-${type}`,
    source: 'crm',
    type,
    subject: `task-${id}`,
    time,
    data,
  });

/** An hour of a person's on Monday 2020-01-06, as the two signals of a task. */
export const hourOf = (id: string, hour: number, actor = 'ann'): readonly string[] => {
  const at = (time: number): string => `2020-01-06T${String(time).padStart(2, '0')}:00:00Z`;
  return [
    cloudEvent(id, 'TaskStarted', at(hour), { actor }),
    cloudEvent(id, 'TaskCompleted', at(hour + 1), { actor }),
  ];
};
