/** The scene: what every activity of the demo writes to and draws from. */
import { type InstantMs, shift } from '../../schemas/brand.ts';
import { MINUTE_MS, SECOND_MS } from './calendar.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

export interface Scene {
  readonly random: Random;
  readonly ledger: Ledger;
}

/** Where an activity may take place: it starts at `fromMs` and is over `roomMs` later at the latest. */
export interface Opening {
  readonly fromMs: InstantMs;
  readonly roomMs: number;
}

export const CUSTOMERS = [
  'Nordwind Logistik',
  'Bäckerei Sommer',
  'Kestrel Bikes',
  'Hotel Adria',
  'Praxis Dr. Yılmaz',
  'Atelier Lumière',
  'Grünberg Immobilien',
  'Solano Foods',
  'Harbour Clinic',
  'Weinhaus Pfalz',
  'Tessera Ceramics',
  'Autohaus Brandt',
  'Océane Yachts',
  'Lindqvist & Co.',
  'Stadtwerke Aue',
  'Papeterie Roux',
] as const;

export const PRODUCTS = ['Ledger', 'Fleet', 'Shop', 'Care Plan'] as const;

export const seconds = (scene: Scene, low: number, high: number): number =>
  scene.random.between(low, high) * SECOND_MS;

/** Somewhere between `low` and `high` minutes, to the second. */
export const minutes = (scene: Scene, low: number, high: number): number =>
  seconds(scene, (low * MINUTE_MS) / SECOND_MS, (high * MINUTE_MS) / SECOND_MS);

/** `share` of the way from one instant to the other, on a whole second. */
export const partWay = (fromMs: InstantMs, toMs: InstantMs, share: number): InstantMs =>
  shift(fromMs, Math.floor(((toMs - fromMs) * share) / SECOND_MS) * SECOND_MS);
