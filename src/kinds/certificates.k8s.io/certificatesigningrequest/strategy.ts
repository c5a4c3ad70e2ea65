import { timestamp } from '../../../api/clock';
import type { CertificateSigningRequest, CertificateSigningRequestCondition } from '../../../api/generated/certificates.v1';
import type { Strategy, StrategyContext } from '../../kind';
import { validateRequest, validateStatusUpdate } from './validation';

/** When each condition was written, and since when it is so, where the client does not say. */
function withTimes(conditions: readonly CertificateSigningRequestCondition[], old: readonly CertificateSigningRequestCondition[], now: string): CertificateSigningRequestCondition[] {
  return conditions.map((condition) => {
    const same = old.find(({ type, status }) => type === condition.type && status === condition.status);
    return { ...condition, lastUpdateTime: condition.lastUpdateTime || now, lastTransitionTime: condition.lastTransitionTime || same?.lastTransitionTime || now };
  });
}

/** What the client says of this is not believed. */
const requester = ({ name, uid, groups, extra }: NonNullable<StrategyContext['user']>) => ({
  username: name, ...(uid && { uid }), groups: [...groups],
  ...(extra && { extra: Object.fromEntries(Object.entries(extra).map(([key, values]) => [key, [...values]])) }),
});

/** After k8s.io/kubernetes/pkg/registry/certificates/certificates/strategy.go. */
export const certificateSigningRequestStrategy: Strategy<CertificateSigningRequest> = {
  prepareForCreate(csr, { user }) {
    csr.status = {};
    const { request, signerName, expirationSeconds, usages } = csr.spec;
    csr.spec = { request, signerName, ...(expirationSeconds !== undefined && { expirationSeconds }), ...(usages && { usages }), ...(user && requester(user)) };
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
