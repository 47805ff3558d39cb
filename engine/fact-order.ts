/** The order of facts, whatever the order of their arrival. */
import type { TickmarkEvent } from '../schemas/event.ts';

/** When it happened, then the source's own sequence, then the id. */
export const byFactOrder = (a: TickmarkEvent, b: TickmarkEvent): number =>
  a.occurredAt - b.occurredAt || (a.sequence ?? 0) - (b.sequence ?? 0) || (a.id < b.id ? -1 : 1);
