import type { Ingress, IngressClass } from '../../../api/generated/networking.v1';
import { classAnnotation } from '../../../kinds/networking.k8s.io/ingress/validation';
import { ingressController } from '../../../kinds/networking.k8s.io/ingressclass/default-class';

const nginxController = 'k8s.io/ingress-nginx';

/** Names that mean this controller also where no IngressClass has them. */
const ownNames = ['knarr', 'nginx'];

/**
 * Whether this controller serves the Ingress: by the controller of its class. A class of ingress-nginx is served, too,
 * unless it came with an installation of that, whose label it then has. An Ingress without a class is nobody's.
 */
export function isOurs({ metadata, spec }: Ingress, classOf: (name: string) => IngressClass | undefined): boolean {
  const name = spec?.ingressClassName ?? metadata.annotations?.[classAnnotation];
  if (name === undefined) return false;
  const found = classOf(name);
  if (!found) return ownNames.includes(name);
  const { controller } = found.spec ?? {};
  return controller === ingressController || (controller === nginxController && found.metadata.labels?.['app.kubernetes.io/name'] !== 'ingress-nginx');
}
