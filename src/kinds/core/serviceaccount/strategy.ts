import type { ServiceAccount } from '../../../api/generated/core.v1';
import { nameIsDNSSubdomain, validateObjectMeta, validateObjectMetaUpdate } from '../../../api/validation';
import type { Strategy } from '../../kind';

export const serviceAccountStrategy: Strategy<ServiceAccount> = {
  validate: ({ metadata }) => validateObjectMeta(metadata, true, nameIsDNSSubdomain),
  validateUpdate: (account, old) => validateObjectMetaUpdate(account.metadata, old.metadata),
};
