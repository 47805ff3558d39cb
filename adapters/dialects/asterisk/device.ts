/** Channels and devices: `PJSIP/7001-0000002a` is one call's channel of the device `PJSIP/7001`. */

/** Without the number of the call, and without the halves `;1` and `;2` of a Local channel. */
export const deviceOf = (channel: string): string => channel.replace(/-[0-9a-f]{4,}(;[12])?$/i, '');

/** A Local channel leads into the dialplan and doubles every event of its call; the phone behind it has its own. */
export const isLocal = (channel: string): boolean => channel.startsWith('Local/');
