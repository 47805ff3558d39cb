/** Grades: how seconds are known, weighed and added up. */
import { type DurationMs, NO_TIME, durationMs, elapsed } from '../schemas/brand.ts';
import { GRADES, type Grade, type GradesMs, type Span } from '../schemas/record.ts';

export const weakest = (a: Grade, b: Grade): Grade => (GRADES.indexOf(a) > GRADES.indexOf(b) ? a : b);

export const noGrades = (): Record<Grade, DurationMs> => ({
  observed: NO_TIME,
  inferred: NO_TIME,
  declared: NO_TIME,
  assumed: NO_TIME,
  unknown: NO_TIME,
});

/** How long the spans are, by grade. */
export const gradesOf = (spans: readonly Span[]): GradesMs => {
  const grades = noGrades();
  for (const { grade, fromMs, toMs } of spans)
    grades[grade] = durationMs(grades[grade] + elapsed(fromMs, toMs));
  return grades;
};
