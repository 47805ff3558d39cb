/** Which conversations are calls, who of the participants works, and who is at the far end, in the words of all three formats. */

/** `VOICE` of an event, `voice` of the analytics. */
export const isCall = (medium: string): boolean => medium.toLowerCase() === 'voice';

export const noCall = (medium: string): string =>
  `a conversation of the medium ${medium.slice(0, 40).toLowerCase()}: no call`;

/** A participant who is a person of ours: an agent in a queue, or a user outside of one. Whoever has no name works for nobody. */
export const isOurs = (purpose: string | undefined, user: string | undefined): boolean =>
  user !== undefined && (purpose === 'agent' || purpose === 'user');

interface Ends {
  readonly direction?: string | undefined;
  readonly ani?: string | undefined;
  readonly dnis?: string | undefined;
}

/** `tel:+15555550520` is that number; addresses within Genesys (`sip:...`) are nobody's name. */
const numberIn = (address: string | undefined): string | undefined =>
  address?.startsWith('tel:') === true ? address.slice('tel:'.length) : undefined;

export const farEnd = ({ direction, ani, dnis }: Ends) => ({
  customer: numberIn(direction?.toLowerCase() === 'outbound' ? dnis : ani),
  direction: direction?.toLowerCase(),
});
