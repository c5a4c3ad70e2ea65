import { invalid } from '../../../api/errors';
import { deepEqual } from '../../../api/equal';
import type { Container, Pod, PodSpec } from '../../../api/generated/core.v1';
import type { ObjectMeta } from '../../../api/meta';
import { existingPodWarnings, isTightened } from '../../../kinds/pods/security/existing';
import { violationDetails, violations } from '../../../kinds/pods/security/evaluate';
import { isUnrestricted, parsePolicy, standardText, type Policy, type Standard } from '../../../kinds/pods/security/policy';
import { podTemplateOf } from '../../../kinds/pods/security/templates';
import { namespaces, pods } from '../../../kinds/resources';
import { forbiddenBy } from '../registry/admit';
import type { AdmissionPlugin, AdmissionRequest, Registry } from '../registry/registry';
import { isAbout, objectOf, storedObject, storedObjects } from './request';

/** Through which a pod changes in ways that matter. */
const podSubresources = [undefined, 'ephemeralcontainers', 'resize'];
const annotationPrefix = 'pod-security.kubernetes.io/';

/** Pods keep to what the labels of their namespace ask for; nobody is exempt. Source of order and wording: k8s.io/pod-security-admission. */
export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  operations: ['CREATE', 'UPDATE'],
  validate(request, registry) {
    if (objectOf(request, namespaces)) return checkNamespace(request, registry);
    if (isAbout(request, pods)) return podSubresources.includes(request.subresource) ? checkPod(request, registry) : undefined;
    if (!request.subresource) checkTemplate(request, registry);
  },
};

function checkNamespace(request: AdmissionRequest, registry: Registry): void {
  const { kind, name, object, old, context } = request;
  const now = parsePolicy(object!.metadata.labels);
  const before = old && parsePolicy(old.metadata.labels);
  if (now.errors.length && !(before?.errors.length && deepEqual(now.errors, before.errors))) throw invalid(kind, name, now.errors);
  if (!before || !isTightened(now.policy.enforce, before.policy.enforce)) return;
  existingPodWarnings(name, storedObjects(registry, pods, name), now.policy.enforce).forEach((text) => context.warn(text));
}

function checkPod(request: AdmissionRequest, registry: Registry): void {
  const pod = request.object as unknown as Pod;
  const policy = policyOf(request, registry);
  if (Object.values(policy).every(isUnrestricted) || (request.old && !isSignificant(pod.spec, (request.old as unknown as Pod).spec))) return;
  evaluate(request, policy, pod.metadata, pod.spec, true);
}

function checkTemplate(request: AdmissionRequest, registry: Registry): void {
  const template = request.object && podTemplateOf(request.kind, request.object);
  const policy = template && policyOf(request, registry);
  if (!policy || (isUnrestricted(policy.warn) && isUnrestricted(policy.audit))) return;
  evaluate(request, policy, template.metadata ?? {}, template.spec ?? { containers: [] }, false);
}

/** By the labels that say so. */
const policies = new WeakMap<object, Policy>();

function policyOf({ namespace }: AdmissionRequest, registry: Registry): Policy {
  const labels = storedObject(registry, namespaces, namespace!)?.metadata.labels ?? {};
  let policy = policies.get(labels);
  if (!policy) policies.set(labels, (policy = parsePolicy(labels).policy));
  return policy;
}

function evaluate(request: AdmissionRequest, { enforce, audit, warn }: Policy, metadata: Pick<ObjectMeta, 'annotations'>, spec: PodSpec, isEnforced: boolean): void {
  const { context } = request;
  const annotate = (key: string, value: string) => context.annotate?.(`${annotationPrefix}${key}`, value);
  const found = (standard: Standard, verb: string) => {
    const all = violations(standard, metadata, spec);
    return all.length ? `${verb} PodSecurity ${JSON.stringify(standardText(standard))}: ${violationDetails(all)}` : undefined;
  };
  if (isEnforced) annotate('enforce-policy', standardText(enforce));
  const audited = found(audit, 'would violate');
  if (audited) annotate('audit-violations', audited);
  const refused = isEnforced ? found(enforce, 'violates') : undefined;
  if (refused) throw forbiddenBy(request, refused);
  const warned = found(warn, 'would violate');
  if (warned) context.warn(warned);
}

/** Of what can change in a pod, images and new containers matter. Source: isSignificantPodUpdate. */
function isSignificant(now: PodSpec, old: PodSpec): boolean {
  const images = ({ containers, initContainers = [] }: PodSpec) => [containers, initContainers].map((list: Container[]) => list.map(({ image }) => image));
  const known = new Map(old.ephemeralContainers?.map(({ name, image }) => [name, image]));
  return !deepEqual(images(now), images(old)) || (now.ephemeralContainers?.some(({ name, image }) => !known.has(name) || known.get(name) !== image) ?? false);
}
