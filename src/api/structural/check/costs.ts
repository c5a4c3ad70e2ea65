import { times } from '../../cel';
import type { FieldError } from '../../errors';
import { forbiddenField } from '../../validation';
import { mostInRequest, ruleCosts } from '../cel';
import { valuesOf, type Schema } from '../schema';

const ruleLimit = 10_000_000;
const schemaLimit = 100_000_000;
/** How many rules are named where all of them together cost too much. */
const namedMax = 4;

interface Cost {
  readonly path: string;
  readonly what: string;
  readonly cost: number;
}

/** Which rules could cost too much, each of them and all together. Source: the CEL half of ValidateCustomResourceDefinitionOpenAPISchema. */
export function costErrors(schema: Schema, path: string, isKept: boolean): FieldError[] {
  const costs = costsAt(schema, path, true, 1);
  const total = costs.reduce((sum, { cost }) => sum + cost, 0);
  const tooMuch = isKept ? [] : costs.filter(({ cost }) => cost > ruleLimit).map(({ path: at, what, cost }) => forbiddenField(at, exceeding(what, cost, ruleLimit)));
  if (total <= schemaLimit) return tooMuch;
  const most = costs.filter(({ cost }) => cost >= schemaLimit / 100).sort((a, b) => (a.cost === b.cost ? 0 : b.cost - a.cost)).slice(0, namedMax);
  return [
    ...tooMuch,
    ...most.map(({ path: at }) => forbiddenField(at, 'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema')),
    forbiddenField(path, exceeding('x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema', total, schemaLimit)),
  ];
}

/** `most`: how many such values an object can have; Infinity where nothing but its size is a limit. */
function costsAt(schema: Schema | undefined, path: string, isRoot: boolean, most: number): Cost[] {
  if (!schema) return [];
  const within = times(most, multiplicity(schema));
  const enter = (of: Schema | undefined, at: string) => costsAt(of, at, of?.['x-kubernetes-embedded-resource'] === true, within);
  const count = most === Infinity ? mostInRequest(schema, isRoot) : most;
  return [
    ...enter(valuesOf(schema), `${path}.additionalProperties`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => enter(property, `${path}.properties[${name}]`)),
    ...enter(schema.items, `${path}.items`),
    ...ruleCosts(schema, isRoot).flatMap(({ rule, message }, at): Cost[] => [
      { path: `${path}.x-kubernetes-validations[${at}].rule`, what: 'estimated rule cost', cost: times(rule, count) },
      { path: `${path}.x-kubernetes-validations[${at}].messageExpression`, what: 'estimated messageExpression cost', cost: message },
    ]),
  ];
}

/** Source: extractMaxElements. */
function multiplicity(schema: Schema): number {
  if (schema.type === 'array') return schema.maxItems ?? Infinity;
  return schema.type === 'object' && schema.additionalProperties !== undefined ? schema.maxProperties ?? Infinity : 1;
}

/** Source: getCostErrorMessage. */
function exceeding(what: string, cost: number, limit: number): string {
  const factor = cost / limit;
  const shown = factor > 100 ? 'more than 100x' : `${factor.toFixed(factor < 1.5 ? 6 : 1)}x`;
  return `${what} exceeds budget by factor of ${shown} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}
