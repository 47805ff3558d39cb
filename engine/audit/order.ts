/** The order of findings: when, who, what; the same findings always make the same list. */
import type { Finding } from '../../schemas/audit.ts';
import { compareText } from '../../schemas/text-order.ts';

const KEYS = ['actor', 'code', 'subject', 'record', 'event', 'detail'] as const;

export const byFindingOrder = (a: Finding, b: Finding): number => {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  for (const key of KEYS) {
    const order = compareText(a[key] ?? '', b[key] ?? '');
    if (order !== 0) return order;
  }
  return 0;
};
