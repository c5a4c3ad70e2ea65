import type { IPAddress } from '../../../api/generated/networking.v1';
import type { Kind } from '../../kind';
import { ipAddressStrategy } from './strategy';

/** `services/default/web` */
function parentText({ spec }: IPAddress): string {
  const parent = spec?.parentRef;
  if (!parent) return '<none>';
  const resource = `${parent.resource ?? ''}${parent.group ? `.${parent.group}` : ''}`.toLowerCase();
  return `${resource}${parent.namespace ? `/${parent.namespace}` : ''}/${parent.name ?? ''}`;
}

export const ipAddress: Kind<IPAddress> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  singular: 'ipaddress',
  shortNames: ['ip'],
  namespaced: false,
  schema: 'io.k8s.api.networking.v1.IPAddress',
  unenforced: true,
  strategy: ipAddressStrategy,
  columns: [{ name: 'ParentRef', value: parentText }],
};
