import type { Pod } from '../../../api/generated/core.v1';
import type { RuntimeClass } from '../../../api/generated/node.v1';
import { semanticEqual } from '../../../api/validation';
import { mergeTolerations } from '../../../kinds/node.k8s.io/runtimeclass/tolerations';
import { pods, runtimeClasses } from '../../../kinds/resources';
import { forbiddenBy } from '../registry/admit';
import type { AdmissionPlugin, AdmissionRequest, Registry } from '../registry/registry';
import { objectOf, storedObject } from './request';

/** Pods get the overhead and the places of their runtime class. Source: k8s.io/kubernetes/plugin/pkg/admission/runtimeclass. */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  operations: ['CREATE'],
  resources: [pods],
  admit(request, registry) {
    const pod = objectOf(request, pods);
    const found = pod && classOf(request, registry, pod);
    if (!found) return;
    setOverhead(request, pod, found);
    setScheduling(request, pod, found);
  },
  validate(request, registry) {
    const pod = objectOf(request, pods);
    if (!pod) return;
    const wanted = classOf(request, registry, pod)?.overhead;
    if (wanted) assertOverhead(request, pod, wanted);
    else if (pod.spec.overhead) throw forbiddenBy(request, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead');
  },
};

function classOf(request: AdmissionRequest, registry: Registry, { spec: { runtimeClassName } }: Pod): RuntimeClass | undefined {
  if (runtimeClassName === undefined) return undefined;
  const found = storedObject(registry, runtimeClasses, runtimeClassName);
  if (!found) throw forbiddenBy(request, `pod rejected: RuntimeClass ${JSON.stringify(runtimeClassName)} not found`);
  return found;
}

function setOverhead(request: AdmissionRequest, pod: Pod, { overhead }: RuntimeClass): void {
  if (!overhead) return;
  if (pod.spec.overhead) assertOverhead(request, pod, overhead);
  if (overhead.podFixed) pod.spec.overhead = { ...overhead.podFixed };
}

function assertOverhead(request: AdmissionRequest, { spec }: Pod, { podFixed = {} }: NonNullable<RuntimeClass['overhead']>): void {
  if (!semanticEqual(podFixed, spec.overhead ?? {})) throw forbiddenBy(request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
}

function setScheduling(request: AdmissionRequest, { spec }: Pod, { scheduling }: RuntimeClass): void {
  if (!scheduling) return;
  for (const [key, value] of Object.entries(scheduling.nodeSelector ?? {})) {
    const own = spec.nodeSelector?.[key];
    if (own !== undefined && own !== value) {
      throw forbiddenBy(request, `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own}`);
    }
  }
  if (scheduling.nodeSelector) spec.nodeSelector = { ...spec.nodeSelector, ...scheduling.nodeSelector };
  const tolerations = mergeTolerations([...(spec.tolerations ?? []), ...(scheduling.tolerations ?? [])]);
  if (tolerations.length) spec.tolerations = tolerations;
}
