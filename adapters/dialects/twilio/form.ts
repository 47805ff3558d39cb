/** A callback of Twilio as the form that it is: name -> text. */
import { z } from 'zod';
import type { Signal } from '../../../schemas/signal.ts';

export const Form = z.record(z.string(), z.string());
export type Form = z.infer<typeof Form>;

/** The moment that the vendor tells, or that of receipt, and which of the two it is. */
export const timedAt = (
  told: number | undefined,
  { receivedAt }: Signal,
): { readonly at: number; readonly timedBy: 'receipt' | undefined } =>
  told === undefined ? { at: receivedAt, timedBy: 'receipt' } : { at: told, timedBy: undefined };
