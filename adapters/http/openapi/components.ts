/** The schemas of the document: what the bodies are made of, each told once under its name. */
import { z } from 'zod';
import {
  ActorId,
  DurationMs,
  EventId,
  InstantMs,
  IsoWeek,
  LocalDate,
  RecordId,
  SubjectId,
} from '../../../schemas/brand.ts';
import { StoredEvent, TickmarkEvent } from '../../../schemas/event.ts';
import {
  Because,
  Grade,
  GradesMs,
  Method,
  Span,
  Subtraction,
  Tail,
  TimeRecord,
} from '../../../schemas/record.ts';
import { Adjustment, Report, ReportLine, Sealed, Tally, TallyChange } from '../../../schemas/report.ts';
import { RuleSet } from '../../../schemas/rule-set.ts';
import { DeadLetter, Rejection, Signal } from '../../../schemas/signal.ts';
import type { Body, Operation } from '../operation.ts';
import { ProblemBody } from '../problems.ts';

/** What has a name of its own: wherever one of these stands in another schema, the document refers to it. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  ActorId,
  Adjustment,
  Because,
  DeadLetter,
  DurationMs,
  EventId,
  Grade,
  GradesMs,
  InstantMs,
  IsoWeek,
  LocalDate,
  Method,
  Problem: ProblemBody,
  RecordId,
  Rejection,
  Report,
  ReportLine,
  RuleSet,
  Sealed,
  Signal,
  Span,
  StoredEvent,
  SubjectId,
  Subtraction,
  Tail,
  Tally,
  TallyChange,
  TickmarkEvent,
  TimeRecord,
};

export type JsonSchema = Readonly<Record<string, unknown>>;

/** How a schema with a name is referred to. */
export const refTo = (name: string): string => `#/components/schemas/${name}`;

/** A document has one dialect for all of its schemas, and their places for their names. */
const bare = ({ $schema: _dialect, $id: _id, ...schema }: JsonSchema): JsonSchema => schema;

/** What is taken and what is answered differ where a schema has defaults. */
const converted = (schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output') => {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { uri: refTo, io, target: 'draft-2020-12' }).schemas;
  return Object.fromEntries(Object.entries(made).map(([id, schema]) => [id, bare(schema)]));
};

const named = (bodies: readonly Body[]): Readonly<Record<string, z.ZodType>> =>
  Object.fromEntries(bodies.map(({ name, schema }) => [name, schema]));

export const schemasOf = (operations: readonly Operation[]): Readonly<Record<string, JsonSchema>> => {
  const taken = operations.flatMap(({ takes = {} }) => Object.values(takes));
  const answered = operations.flatMap(({ answers }) => Object.values(answers));
  return {
    ...converted({ ...NAMED, ...named(answered) }, 'output'),
    ...converted(named(taken), 'input'),
  };
};
