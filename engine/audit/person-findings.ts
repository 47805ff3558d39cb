/** Findings about one person's time in one measure: what only shows beside the rest of their work. */
import type { Finding } from '../../schemas/audit.ts';
import { UNASSIGNED } from '../clock/read-lines.ts';
import type { PersonCase } from './auditor.ts';
import { AUDITORS } from './auditors.ts';
import { byFindingOrder } from './order.ts';

const OF_PERSON = Object.values(AUDITORS).flatMap((auditor) => (auditor.of === 'person' ? [auditor] : []));

/** In order. Nobody is not a person: a queue may run as often at once as it likes. */
export const findingsOfPerson = (one: PersonCase): readonly Finding[] =>
  one.actor === UNASSIGNED ? [] : OF_PERSON.flatMap(({ find }) => find(one)).sort(byFindingOrder);
