/** The kinds of subject that rules can time. */
export const SUBJECT_KINDS = [
  'call',
  'chat',
  'ticket',
  'visit',
  'meeting',
  'email',
  'task',
  'timer',
  'entry',
] as const;
