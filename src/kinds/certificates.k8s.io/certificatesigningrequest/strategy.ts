import { timestamp } from '../../../api/clock';
import type { CertificateSigningRequest, CertificateSigningRequestCondition } from '../../../api/generated/certificates.v1';
import type { Strategy } from '../../kind';
import { validateRequest, validateStatusUpdate } from './validation';

/** When each condition was written, and since when it is so, where the client does not say. */
function withTimes(conditions: readonly CertificateSigningRequestCondition[], old: readonly CertificateSigningRequestCondition[], now: string): CertificateSigningRequestCondition[] {
  return conditions.map((condition) => {
    const same = old.find(({ type, status }) => type === condition.type && status === condition.status);
    return { ...condition, lastUpdateTime: condition.lastUpdateTime || now, lastTransitionTime: condition.lastTransitionTime || same?.lastTransitionTime || now };
  });
}

/** After k8s.io/kubernetes/pkg/registry/certificates/certificates/strategy.go. Who asks is filled in by admission. */
export const certificateSigningRequestStrategy: Strategy<CertificateSigningRequest> = {
  prepareForCreate(csr) {
    csr.status = {};
    delete csr.spec.username;
    delete csr.spec.uid;
    delete csr.spec.groups;
    delete csr.spec.extra;
  },
  prepareForUpdate(csr, old) {
    csr.spec = old.spec;
  },
  prepareForStatusUpdate(csr, old, { nowMs }) {
    const { conditions } = csr.status ?? {};
    if (conditions) csr.status = { ...csr.status, conditions: withTimes(conditions, old.status?.conditions ?? [], timestamp(nowMs)) };
  },
  validate: validateRequest,
  validateStatusUpdate,
  generationOf: () => undefined,
};
