import type { LeaseCandidate } from '../../../api/generated/coordination.v1beta1';
import type { Kind } from '../../kind';
import { age } from '../../printing';
import { validateLeaseCandidate, validateLeaseCandidateUpdate } from './validation';

export const leaseCandidate: Kind<LeaseCandidate> = {
  group: 'coordination.k8s.io',
  version: 'v1beta1',
  kind: 'LeaseCandidate',
  plural: 'leasecandidates',
  singular: 'leasecandidate',
  namespaced: true,
  schema: 'io.k8s.api.coordination.v1beta1.LeaseCandidate',
  unenforced: true,
  strategy: {
    validate: validateLeaseCandidate,
    validateUpdate: validateLeaseCandidateUpdate,
    allowCreateOnUpdate: true,
    allowUnconditionalUpdate: false,
    generationOf: () => undefined,
  },
  columns: [
    { name: 'LeaseName', value: ({ spec }) => spec?.leaseName ?? '' },
    { name: 'BinaryVersion', value: ({ spec }) => spec?.binaryVersion ?? '' },
    { name: 'EmulationVersion', value: ({ spec }) => spec?.emulationVersion ?? '' },
    age,
  ],
};
