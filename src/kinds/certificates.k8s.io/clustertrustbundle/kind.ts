import type { ClusterTrustBundle } from '../../../api/generated/certificates.v1beta1';
import type { Kind } from '../../kind';
import { validateBundle, validateBundleUpdate } from './validation';

export const clusterTrustBundle: Kind<ClusterTrustBundle> = {
  group: 'certificates.k8s.io',
  version: 'v1beta1',
  kind: 'ClusterTrustBundle',
  plural: 'clustertrustbundles',
  singular: 'clustertrustbundle',
  namespaced: false,
  schema: 'io.k8s.api.certificates.v1beta1.ClusterTrustBundle',
  unenforced: true,
  strategy: {
    validate: validateBundle,
    validateUpdate: validateBundleUpdate,
    generationOf: () => undefined,
  },
  selectableFields: { 'spec.signerName': ({ spec }) => spec.signerName ?? '' },
  columns: [{ name: 'SignerName', value: ({ spec }) => spec.signerName ?? '' }],
};
