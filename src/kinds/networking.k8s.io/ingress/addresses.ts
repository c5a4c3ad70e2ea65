import type { Ingress } from '../../../api/generated/networking.v1';

/** Where the ingress can be reached: `10.0.0.1,lb.example`. */
export const addressesText = ({ status }: Ingress): string =>
  [...new Set((status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '').filter(Boolean))].sort().join(',');
