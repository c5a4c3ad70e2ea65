import { ApiError, type Reason } from '../../../../api/errors';
import { forbiddenBy } from '../../registry/admit';
import type { AdmissionRequest } from '../../registry/registry';

/** Why a request may not be carried out, and according to what. */
export interface Denied {
  readonly policy: string;
  /** Absent where the policy itself is at fault. */
  readonly binding?: string;
  readonly message: string;
  readonly reason?: string;
}

/** The first of those that deny is heard. Source: validating/dispatcher.go. */
export function deniedError(request: AdmissionRequest, { policy, binding, message: why, reason = 'Invalid' }: Denied): ApiError {
  const message = `ValidatingAdmissionPolicy '${policy}'${binding === undefined ? '' : ` with binding '${binding}'`} denied request: ${why}`;
  const { message: whole, status: { details } } = forbiddenBy(request, message);
  return new ApiError(reason as Reason, whole, { ...details, causes: [{ message }] });
}
