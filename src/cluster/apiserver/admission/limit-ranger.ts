import { applyLimitDefaults } from '../../../kinds/core/limitrange/apply';
import { claimLimitProblems, podLimitProblems } from '../../../kinds/core/limitrange/limits';
import { limitRanges, persistentVolumeClaims, pods } from '../../../kinds/resources';
import { forbiddenBy } from '../registry/admit';
import type { AdmissionPlugin, AdmissionRequest } from '../registry/registry';
import { aggregateText, objectOf, storedObjects } from './request';

/** Containers do not change: an update of a pod has nothing to be limited. */
const newPod = (request: AdmissionRequest) => (request.operation === 'CREATE' ? objectOf(request, pods) : undefined);

/** Source: k8s.io/kubernetes/plugin/pkg/admission/limitranger. */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  operations: ['CREATE', 'UPDATE'],
  resources: [pods, persistentVolumeClaims],
  admit(request, registry) {
    const pod = newPod(request);
    if (pod) for (const limitRange of storedObjects(registry, limitRanges, request.namespace)) applyLimitDefaults(limitRange, pod);
  },
  validate(request, registry) {
    const pod = newPod(request);
    const claim = objectOf(request, persistentVolumeClaims);
    if ((!pod && !claim) || request.old?.metadata.deletionTimestamp) return;
    for (const limitRange of storedObjects(registry, limitRanges, request.namespace)) {
      const problems = pod ? podLimitProblems(limitRange, pod) : claimLimitProblems(limitRange, claim!);
      if (problems.length) throw forbiddenBy(request, aggregateText(problems));
    }
  },
};
