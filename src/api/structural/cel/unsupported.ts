import { valuesOf, type Schema } from '../schema';
import { compileRule, firstLine, isSyntaxError } from './environment';

export interface UnsupportedRule {
  /** `spec.versions[0].schema.openAPIV3Schema.x-kubernetes-validations[0].rule` */
  readonly path: string;
  readonly why: string;
  readonly isSyntax: boolean;
}

/** The rules of a schema at `path` that cannot be evaluated. */
export function unsupportedRules(schema: Schema | undefined, path: string): UnsupportedRule[] {
  if (!schema) return [];
  const own = (schema['x-kubernetes-validations'] ?? []).flatMap(({ rule = '', optionalOldSelf }, at): UnsupportedRule[] => {
    const result = rule.trim() ? compileRule(rule) : undefined;
    const place = `${path}.x-kubernetes-validations[${at}]`;
    if (result instanceof Error) return [{ path: `${place}.rule`, why: firstLine(result), isSyntax: isSyntaxError(result) }];
    return optionalOldSelf ? [{ path: `${place}.optionalOldSelf`, why: 'on creation such rules are not evaluated', isSyntax: false }] : [];
  });
  return [
    ...own,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => unsupportedRules(property, `${path}.properties[${name}]`)),
    ...unsupportedRules(schema.items, `${path}.items`),
    ...unsupportedRules(valuesOf(schema), `${path}.additionalProperties`),
  ];
}
