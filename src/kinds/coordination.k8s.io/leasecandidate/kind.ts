import type { LeaseCandidate } from '../../../api/generated/coordination.v1beta1';
import { nameIsDNSSubdomain, required, validateObjectMeta } from '../../../api/validation';
import type { Kind } from '../../kind';
import { age } from '../../printing';

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
    validate: ({ metadata, spec }) => [
      ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
      ...(spec?.leaseName ? [] : [required('spec.leaseName')]), ...(spec?.strategy ? [] : [required('spec.strategy')]), ...(spec?.binaryVersion ? [] : [required('spec.binaryVersion')]),
    ],
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
