/** What a source of FreeSWITCH can be told. */
import { z } from 'zod';
import { Pattern } from '../reading/pattern.ts';

export const Options = z.strictObject({
  agents: Pattern.default('^\\d{2,6}(@.*)?$').describe('which users are people: extensions when absent'),
});
export type Options = Readonly<z.infer<typeof Options>>;
