import type { FieldError } from '../../../../api/errors';
import type { CustomResourceDefinition } from '../../../../api/generated/apiextensions.v1';
import { unsupportedRules, type Schema } from '../../../../api/structural';
import { invalidValue } from '../../../../api/validation';

/** Rules that are no CEL. */
export const syntaxErrors = (schema: Schema, path: string): FieldError[] =>
  unsupportedRules(schema, path).filter(({ isSyntax }) => isSyntax).map((rule) => invalidValue(rule.path, '', `compilation failed: ${rule.why}`));

/** Rules that are stored and not enforced: each is named. */
export const ruleWarnings = ({ spec }: CustomResourceDefinition): string[] =>
  spec.versions.flatMap((version, at) => unsupportedRules(version.schema?.openAPIV3Schema as Schema | undefined, `spec.versions[${at}].schema.openAPIV3Schema`)
    .map(({ path, why }) => `${path} is stored, but this version of knarr does not enforce it: ${why}`));
