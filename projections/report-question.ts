/** A question to the reports. */
import type { IsoWeek } from '../schemas/brand.ts';

export interface ReportQuestion {
  readonly report: 'week' | 'total';
  readonly measure: string;
  /** `agent`, `team`, `kind`, `rule`, `grade`, `method`, `day`, or the name of an attribute. */
  readonly by: readonly string[];
  /** Which weeks; all of them when absent. */
  readonly week?: IsoWeek;
}
