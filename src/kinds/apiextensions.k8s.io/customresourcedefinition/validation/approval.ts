import type { FieldError } from '../../../../api/errors';
import type { CustomResourceDefinition } from '../../../../api/generated/apiextensions.v1';
import { quote } from '../../../../api/go/quote';
import { invalidValue, required } from '../../../../api/validation';

const annotation = 'api-approved.kubernetes.io';
const how = 'see https://github.com/kubernetes/enhancements/pull/1111';

/** The groups of the community need an approval, or to say that they have none. */
const isProtected = (group: string) => /(^|\.)(k8s|kubernetes)\.io$/.test(group);

interface Approval {
  /** Of the condition that tells of it. */
  readonly reason: 'MissingAnnotation' | 'UnapprovedAnnotation' | 'ApprovedAnnotation' | 'InvalidAnnotation';
  readonly message: string;
}

/** Source: GetAPIApprovalState in pkg/apihelpers. */
function approvalState(definition: CustomResourceDefinition): Approval {
  const approval = definition.metadata.annotations?.[annotation];
  if (!approval) return { reason: 'MissingAnnotation', message: `protected groups must have approval annotation "${annotation}", ${how}` };
  if (approval.startsWith('unapproved')) return { reason: 'UnapprovedAnnotation', message: `not approved: ${quote(approval)}` };
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]/.test(approval)) return { reason: 'ApprovedAnnotation', message: `approved in ${approval}` };
  return { reason: 'InvalidAnnotation', message: `protected groups must have approval annotation "${annotation}" with either a URL or a reason starting with "unapproved", ${how}` };
}

/** Undefined for groups that need no approval. */
export const approvalOf = (definition: CustomResourceDefinition): Approval | undefined => (isProtected(definition.spec.group) ? approvalState(definition) : undefined);

/** What was not approved before may stay so. Source: validateAPIApproval. */
export function approvalErrors(definition: CustomResourceDefinition, old: CustomResourceDefinition | undefined): FieldError[] {
  const approval = approvalOf(definition);
  if (!approval || (old && approvalState(old).reason === approval.reason)) return [];
  const path = `metadata.annotations[${annotation}]`;
  if (approval.reason === 'MissingAnnotation') return [required(path, approval.message)];
  return approval.reason === 'InvalidAnnotation' ? [invalidValue(path, definition.metadata.annotations![annotation], approval.message)] : [];
}
