/** Identity: the name that a row gives to itself (vendor id). */
import { shortHash } from '../reading/hash.ts';
import { joined } from '../reading/join.ts';

/** Room for the suffixes below within the 1,000 characters of a vendor id. */
const LONGEST_PLAIN = 900;
const KEPT = 200;

/** The id columns joined by `|`. Longer ones keep their beginning and get a hash (`\h` never comes from escaping). */
export const rowId = (values: readonly string[], occurrence = 1): string => {
  const text = joined(values);
  const short =
    text.length <= LONGEST_PLAIN ? text : `${text.slice(0, KEPT).replace(/\\+$/, '')}\\h${shortHash(text)}`;
  return occurrence > 1 ? `${short}#${occurrence}` : short;
};
