/** Names of fields in one spelling: the vendor's own samples write `agentInfo` and `AgentInfo`, `instanceArn` and `instanceARN`. */

const camel = (name: string): string =>
  name.charAt(0).toLowerCase() + name.slice(1).replace(/ARN$/, 'Arn').replace(/ID$/, 'Id');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `depth`: how many objects within one another are looked into. */
export const camelKeys = (value: unknown, depth: number): unknown =>
  isObject(value) && depth > 0
    ? Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [camel(name), camelKeys(inner, depth - 1)]),
      )
    : value;
