import type { FieldError } from '../../../../api/errors';
import type { CustomResourceDefinition } from '../../../../api/generated/apiextensions.v1';
import { invalidValue, required } from '../../../../api/validation';

const annotation = 'api-approved.kubernetes.io';
const isProtected = (group: string) => /(^|\.)(k8s|kubernetes)\.io$/.test(group);

/** The groups of the community need an approval, or to say that they have none. Source: validateAPIApproval. */
export function approvalErrors({ metadata, spec }: CustomResourceDefinition): FieldError[] {
  if (!isProtected(spec.group)) return [];
  const approval = metadata.annotations?.[annotation];
  const path = `metadata.annotations[${annotation}]`;
  const how = 'see https://github.com/kubernetes/enhancements/pull/1111';
  if (!approval) return [required(path, `protected groups must have approval annotation "${annotation}", ${how}`)];
  if (approval.startsWith('unapproved') || /^[a-z]+:\/\/[^/]+\/?./.test(approval)) return [];
  return [invalidValue(path, approval, `protected groups must have approval annotation "${annotation}" with either a URL or a reason starting with "unapproved", ${how}`)];
}
