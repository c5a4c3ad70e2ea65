import type { FieldError } from '../../../api/errors';
import type { CustomResourceSubresourceScale } from '../../../api/generated/apiextensions.v1';
import type { Unstructured } from '../../../api/meta';
import { applyDefaults, checkRules, propertyOf, repeatedItems, validateValue, type RuleOutcome, type Schema } from '../../../api/structural';
import { nameIsDNSSubdomain, validateObjectMeta } from '../../../api/validation';
import type { Strategy } from '../../../kinds/kind';
import { scaleErrors, statusScaleErrors } from './scale';

export interface Served {
  readonly schema: Schema;
  readonly namespaced: boolean;
  readonly hasStatus: boolean;
  readonly scale?: CustomResourceSubresourceScale;
}

/** After k8s.io/apiextensions-apiserver/pkg/registry/customresource. */
export function customStrategy({ schema, namespaced, hasStatus, scale }: Served): Strategy<Unstructured> {
  // Of objects that were judged, for the warnings that come after.
  const outcomes = new WeakMap<Unstructured, RuleOutcome>();
  /** The rules come last, and only to what is of the right form. */
  const withRules = (object: Unstructured, old: Unstructured | undefined, errors: FieldError[]): FieldError[] => {
    const outcome = checkRules(object, schema, old, errors);
    outcomes.set(object, outcome);
    return [...errors, ...outcome.errors];
  };
  return {
    setDefaults: (object) => applyDefaults(object, schema),
    prepareForCreate(object) {
      if (hasStatus) delete object.status;
    },
    validate: (object, old) => withRules(object, old, [
      ...(old ? [] : validateObjectMeta(object.metadata, namespaced, nameIsDNSSubdomain)),
      ...validateValue(object, schema, '', old),
      ...scaleErrors(object, scale),
      ...statusScaleErrors(object, scale),
      ...repeated(object, old, schema),
    ]),
    warnings: (object) => (outcomes.get(object)?.ratcheted ?? []).map(({ field, message }) => `${field}: ${message}`),
    validateStatusUpdate: (object, old) => withRules(object, old, [
      ...statusErrors(object, old, propertyOf(schema, 'status')),
      ...statusScaleErrors(object, scale),
      ...repeated(object, old, schema),
    ]),
    generationOf,
    allowUnconditionalUpdate: false,
  };
}

/** Everything but metadata counts. */
function generationOf(object: Unstructured): unknown {
  const { metadata: _metadata, ...rest } = object;
  return rest;
}

/** An object that had them already may keep them. */
const repeated = (object: Unstructured, old: Unstructured | undefined, schema: Schema): FieldError[] =>
  (old && repeatedItems(old, schema).length ? [] : repeatedItems(object, schema));

const statusErrors = ({ status }: Unstructured, old: Unstructured, schema: Schema | undefined): FieldError[] =>
  (status === undefined || !schema ? [] : validateValue(status, schema, 'status', old.status));
