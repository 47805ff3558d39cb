/** The stream of a person: what is known of somebody is looked for there and nowhere else. */
import { type EventType, personStream, personStreamOf } from '../../../schemas/event.ts';
import { quote } from './quote.ts';

/** Why a fact about a person does not stand where it belongs; undefined when it does, or is about no person. */
export const personStreamFault = (type: EventType, subject: string, actor: string): string | undefined => {
  const stream = personStreamOf(type);
  const wanted = stream && personStream(stream, actor);
  return wanted === undefined || subject === wanted
    ? undefined
    : `${type} of ${quote(actor)} belongs to the subject ${quote(wanted)}, and this is ${quote(subject)}`;
};
