/** Our canonical CRM signal on the wire: CloudEvents 1.0, structured JSON, one of our event types. */
import { z } from 'zod';

/**
 * `data` is checked against the event type after this envelope.
 * Source of the attribute names: CloudEvents 1.0.2, section "Context Attributes".
 */
export const CloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(1000),
  source: z.string().min(1).max(200),
  type: z.string().min(1),
  subject: z.string().min(1),
  time: z.string().min(1).describe('RFC 3339 with an offset; 0 to 9 fraction digits'),
  datacontenttype: z.literal('application/json').optional(),
  /** Extension attribute "sequence": the order among events of one instant. */
  sequence: z.union([z.string().regex(/^\d+$/), z.int().min(0)]).optional(),
  revision: z.int().min(0).optional(),
  /** Any object here; what may stand in it is for the event type to say. */
  data: z.record(z.string(), z.unknown()).default({}),
});
export type CloudEvent = Readonly<z.infer<typeof CloudEvent>>;
