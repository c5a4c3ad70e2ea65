import type { FieldError } from '../../../api/errors';
import type { Node, Taint } from '../../../api/generated/core.v1';
import {
  forbiddenField, invalidValue, isLabelValue, nameIsDNSSubdomain, semanticEqual, validateLabelName, validateObjectMeta, type Path,
} from '../../../api/validation';
import { isCIDR } from '../../addresses';
import { each, oneOf } from '../../validating';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateTaint({ key, value = '', effect }: Taint, path: Path): FieldError[] {
  const messages = isLabelValue(value);
  return [
    ...validateLabelName(key ?? '', `${path}.key`),
    ...(messages.length > 0 ? [invalidValue(`${path}.value`, value, messages.join(';'))] : []),
    ...oneOf(effect, effects, `${path}.effect`),
  ];
}

function repeatedTaints(taints: Taint[] = [], path: Path): FieldError[] {
  const keys = taints.map(({ key, effect }) => `${key}:${effect}`);
  return taints.flatMap((taint, i): FieldError[] => keys.indexOf(keys[i]!) === i ? [] : [{
    type: 'FieldValueDuplicate',
    field: `${path}[${i}]`,
    message: `Duplicate value: ${JSON.stringify(taint)}: taints must be unique by key and effect pair`,
  }]);
}

/** Upstream names `metadata.taints`. */
export function validateNode({ metadata, spec }: Node): FieldError[] {
  return [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...each(spec.taints, 'metadata.taints', validateTaint),
    ...repeatedTaints(spec.taints, 'metadata.taints'),
    ...each(spec.podCIDRs, 'spec.podCIDRs', (cidr, at) => isCIDR(cidr) ? [] : [invalidValue(at, spec.podCIDRs, 'must be valid CIDR')]),
  ];
}

/** What a node is given once stays. */
export function validateNodeUpdate({ spec }: Node, { spec: old }: Node): FieldError[] {
  return [
    ...(old.podCIDRs?.length && !semanticEqual(spec.podCIDRs, old.podCIDRs)
      ? [forbiddenField('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid')] : []),
    ...(old.providerID && spec.providerID !== old.providerID
      ? [forbiddenField('spec.providerID', 'node updates may not change providerID except from "" to valid')] : []),
  ];
}
