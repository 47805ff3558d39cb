/** What Amazon's three messages about a contact have in common: names of resources, channels, ways in. */

/** `arn:aws:connect:...:instance/<id>/agent/<id>`: the id at its end, the same in all three. */
export const idIn = (arn: string | undefined): string | undefined => arn?.slice(arn.lastIndexOf('/') + 1);

/** `VOICE`, `Voice`: the samples of the vendor have both. */
export const isCall = (channel: string): boolean => channel.toUpperCase() === 'VOICE';

export const noCall = (channel: string): string =>
  `a contact of the channel ${channel.slice(0, 40)}: no call`;

/** Where the way in says who called; of a transfer or a callback it does not. */
export const directionOf = (initiationMethod: string | undefined): string | undefined => {
  if (initiationMethod === 'INBOUND') return 'inbound';
  return initiationMethod === 'OUTBOUND' ? 'outbound' : undefined;
};
