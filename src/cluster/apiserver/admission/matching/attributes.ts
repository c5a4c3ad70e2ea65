import type { GroupVersionKind } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import type { AdmissionRequest } from '../../registry/registry';

/** Namespaces count as their own namespace, as in upstream's request info. */
export const isNamespaces = ({ group, plural }: Kind): boolean => !group && plural === 'namespaces';

/** '' for what is in no namespace. */
export const namespaceOf = ({ kind, namespace = '', name }: AdmissionRequest): string => (isNamespaces(kind) ? name : namespace);

/** What the object is, when the request is taken for one about `kind`. */
export const typeOf = ({ type }: AdmissionRequest, kind: Kind): GroupVersionKind & { schema: string } => type ?? kind;

const exempt = new Set(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding']);

/** What configures admission is not subject to it, so that nobody locks themselves out. Source: IsExemptAdmissionConfigurationResource. */
export const isExempt = ({ kind: { group, kind } }: AdmissionRequest): boolean => group === 'admissionregistration.k8s.io' && exempt.has(kind);
