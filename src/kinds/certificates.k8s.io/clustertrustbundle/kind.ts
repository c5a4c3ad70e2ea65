import type { ClusterTrustBundle } from '../../../api/generated/certificates.v1beta1';
import { immutable, nameIsDNSSubdomain, required, validateObjectMeta } from '../../../api/validation';
import type { Kind } from '../../kind';

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
    // The name of a bundle that a signer owns starts with the signer's: `example.com:mysigner:name`.
    validate: ({ metadata, spec }) => [
      ...validateObjectMeta({ ...metadata, name: metadata.name?.replaceAll(':', '.') }, false, nameIsDNSSubdomain), ...(spec.trustBundle ? [] : [required('spec.trustBundle')]),
    ],
    validateUpdate: ({ spec }, old) => immutable('spec.signerName', spec.signerName, old.spec.signerName),
    generationOf: () => undefined,
  },
  selectableFields: { 'spec.signerName': ({ spec }) => spec.signerName ?? '' },
  columns: [{ name: 'SignerName', value: ({ spec }) => spec.signerName ?? '' }],
};
