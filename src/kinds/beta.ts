import { validatingAdmissionPolicy } from './admissionregistration.k8s.io/validatingadmissionpolicy/kind';
import { validatingAdmissionPolicyBinding } from './admissionregistration.k8s.io/validatingadmissionpolicybinding/kind';
import { clusterTrustBundle } from './certificates.k8s.io/clustertrustbundle/kind';
import { leaseCandidate } from './coordination.k8s.io/leasecandidate/kind';
import type { Kind } from './kind';
import { ipAddress } from './networking.k8s.io/ipaddress/kind';
import { serviceCIDR } from './networking.k8s.io/servicecidr/kind';
import { resourceKinds } from './resource.k8s.io/kinds';
import { volumeAttributesClass } from './storage.k8s.io/volumeattributesclass/kind';
import { otherVersion } from './versions/other-version';

const betaOf = (kind: Kind, types: string) => otherVersion(kind, { version: 'v1beta1', types });

/** The beta APIs of this version: served where `--runtime-config` asks for them. Stored only. */
export const betaKinds: readonly Kind[] = [
  { ...betaOf(validatingAdmissionPolicy, 'admissionregistration.v1beta1'), deprecation: 'admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy is deprecated in v1.31+, unavailable in v1.34+' },
  { ...betaOf(validatingAdmissionPolicyBinding, 'admissionregistration.v1beta1'), deprecation: 'admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyBinding is deprecated in v1.31+, unavailable in v1.34+' },
  clusterTrustBundle,
  leaseCandidate,
  betaOf(ipAddress, 'networking.v1beta1'),
  betaOf(serviceCIDR, 'networking.v1beta1'),
  ...resourceKinds,
  volumeAttributesClass,
];
