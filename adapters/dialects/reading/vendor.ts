/** What a vendor's dialect is made from. Adding a vendor is one of these, and a line in ../index.ts. */
import type { z } from 'zod';
import type { SubjectKind } from '../../../schemas/event.ts';
import type { Dialect } from '../../../schemas/signal.ts';
import type { Proof } from '../../../schemas/source.ts';
import type { Zones } from './local-zone.ts';

export interface Vendor<Options = unknown> {
  readonly name: string;
  /** What sources.yaml may say under `options`; every one has the vendor's default. */
  readonly options: z.ZodType<Options>;
  /** How the vendor signs its webhooks; undefined where it does not. */
  readonly proof?: Proof;
  /**
   * Kinds of subjects that each system of this vendor numbers for itself: two systems would both have a ticket 11, so
   * that such sources need the name of their system.
   */
  readonly numbers: readonly SubjectKind[];
  make(options: Options, zones: Zones): Dialect;
}

/** Options are parsed and the dialect made in one step, so that the list of vendors need not know their types. */
export interface AnyVendor extends Omit<Vendor, 'options' | 'make'> {
  readonly options: z.ZodType;
  /** Throws a ZodError for options that do not fit. */
  open(options: unknown, zones: Zones): Dialect;
}

export const vendor = <Options>({ make, ...rest }: Vendor<Options>): AnyVendor => ({
  ...rest,
  open: (options, zones) => make(rest.options.parse(options), zones),
});
