/** The words about exemptions: asked for by the person, granted or refused by somebody else, withdrawn again. */
import { type Exemption, NEXT_STATES, exemptionsOf } from '../../engine/index.ts';
import { type ActorId, type SubjectId, actorId, assertNever } from '../../schemas/brand.ts';
import { personStream } from '../../schemas/event.ts';
import {
  type DataOf,
  type Here,
  type Hearing,
  type History,
  type Sentence,
  isSamePerson,
  known,
  refused,
  spoken,
} from './word.ts';

export type { Exemption };

export const streamOfPerson = (who: ActorId): SubjectId => personStream('person', who);

export type ExemptionRequest = Omit<DataOf<'ExemptionRequested'>, 'exemption'>;

const isLive = ({ state }: Exemption): boolean => state === 'requested' || state === 'granted';

const sameWish = (a: ExemptionRequest, b: Exemption): boolean =>
  a.category === b.category && a.fromMs === b.fromMs && a.toMs === b.toMs;

const freeId = (who: ActorId, taken: readonly Exemption[]): string => {
  let number = taken.length + 1;
  while (taken.some(({ id }) => id === `${who}-${number}`)) number += 1;
  return `${who}-${number}`;
};

export const requestExemption = (request: ExemptionRequest, here: Here): Sentence => {
  const subject = streamOfPerson(request.actor);
  return {
    subject,
    speak: (history): Hearing => {
      if (request.fromMs >= request.toMs) return refused('--to must lie after --from');
      const all = exemptionsOf(history);
      const live = all.find((one) => isLive(one) && sameWish(request, one));
      const before = history.find((e) => e.type === 'ExemptionRequested' && e.data.exemption === live?.id);
      if (before) return known(before);
      const data = { ...request, exemption: freeId(request.actor, all) };
      return spoken({ type: 'ExemptionRequested', subject, occurredAt: here.now, data });
    },
  };
};

/** The person whose exemption this is, or undefined when the text is no id of one. */
export const personOfExemption = (id: string): ActorId | undefined => {
  const [, who] = /^(.+)-[1-9]\d*$/s.exec(id) ?? [];
  return who === undefined ? undefined : actorId(who);
};

export type Decision =
  | { readonly verb: 'grant' | 'refuse'; readonly by: ActorId; readonly note?: string }
  | { readonly verb: 'withdraw'; readonly note?: string };

const BECOMES = { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' } as const;

const wordOf = ({ id, actor }: Exemption, decision: Decision, { now }: Here): Hearing => {
  const common = { subject: streamOfPerson(actor), occurredAt: now } as const;
  const note = decision.note === undefined ? {} : { note: decision.note };
  const data = { actor, exemption: id, ...note };
  switch (decision.verb) {
    case 'grant':
      return spoken({ ...common, type: 'ExemptionGranted', data: { ...data, by: decision.by } });
    case 'refuse':
      return spoken({ ...common, type: 'ExemptionRefused', data: { ...data, by: decision.by } });
    case 'withdraw':
      return spoken({ ...common, type: 'ExemptionWithdrawn', data });
    default:
      return assertNever(decision);
  }
};

const lastWordOn = (history: History, id: string) =>
  history.findLast(({ data }) => 'exemption' in data && data.exemption === id);

export const decideExemption = (who: ActorId, id: string, decision: Decision, here: Here): Sentence => ({
  subject: streamOfPerson(who),
  speak: (history): Hearing => {
    const exemption = exemptionsOf(history).find((one) => one.id === id);
    if (!exemption)
      return refused(
        `${who} has asked for no exemption ${id}; list them: tickmark exemption ls --who ${who}`,
      );
    const { state } = exemption;
    const becomes = BECOMES[decision.verb];
    const last = lastWordOn(history, id);
    if (state === becomes && last) return known(last);
    if (!NEXT_STATES[state].includes(becomes))
      return refused(
        `${id} was ${state} and cannot be ${becomes}: ask for it anew with tickmark exemption request`,
      );
    if (decision.verb !== 'withdraw' && isSamePerson(decision.by, who))
      return refused(
        `${decision.by} cannot ${decision.verb} an exemption of their own: somebody else says --by`,
      );
    return wordOf(exemption, decision, here);
  },
});
