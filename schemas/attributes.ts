/** The attributes: what a subject is known by besides its id. */
import { z } from 'zod';

/** Customer, case, queue, product... Each can be reported by. */
export const Attributes = z.record(
  z.string().min(1).max(60),
  z.string({ error: 'an attribute is text' }).max(400),
);
export type Attributes = Readonly<Record<string, string>>;
