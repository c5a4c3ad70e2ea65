import { humanDuration } from '../../../api/duration';
import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';
import type { Column, Kind } from '../../kind';
import { age, orNone } from '../../printing';
import { statusText } from './status-text';
import { certificateSigningRequestStrategy } from './strategy';

const columns: readonly Column<CertificateSigningRequest>[] = [
  age,
  { name: 'SignerName', value: ({ spec }) => orNone(spec.signerName) },
  { name: 'Requestor', value: ({ spec }) => spec.username ?? '' },
  { name: 'RequestedDuration', value: ({ spec }) => (spec.expirationSeconds === undefined ? '<none>' : humanDuration(spec.expirationSeconds * 1000)) },
  { name: 'Condition', value: statusText },
];

export const certificateSigningRequest: Kind<CertificateSigningRequest> = {
  group: 'certificates.k8s.io',
  version: 'v1',
  kind: 'CertificateSigningRequest',
  plural: 'certificatesigningrequests',
  singular: 'certificatesigningrequest',
  shortNames: ['csr'],
  namespaced: false,
  schema: 'io.k8s.api.certificates.v1.CertificateSigningRequest',
  subresources: ['approval', 'status'],
  strategy: certificateSigningRequestStrategy,
  columns,
  selectableFields: { 'spec.signerName': ({ spec }) => spec.signerName },
};
