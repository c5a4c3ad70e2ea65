import type { Random } from '../../../../api/clock';
import type { Deployment } from '../../../../api/generated/apps.v1';
import type { Container } from '../../../../api/generated/core.v1';
import { randomSuffix } from '../../../../api/random-suffix';

export interface DeploymentSpec {
  name: string;
  /** Only with --namespace. */
  namespace?: string;
  images: readonly string[];
  command: readonly string[];
  /** -1: none. */
  port: number;
  replicas: number;
}

/** What `create deployment` makes, fields in Go's order. After create_deployment.go. */
export function generateDeployment({ name, namespace, images, command, port, replicas }: DeploymentSpec, random: Random): Deployment {
  const labels = { app: name };
  const containers = images.map((image, index): Container => ({
    name: containerName(image, random),
    image,
    ...(command.length && { command: [...command] }),
    ...(index === 0 && port >= 0 && { ports: [{ containerPort: port }] }),
    resources: {},
  }));
  return {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name, ...(namespace && { namespace }), creationTimestamp: null, labels } as unknown as Deployment['metadata'],
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { creationTimestamp: null, labels } as unknown as NonNullable<Deployment['spec']['template']['metadata']>, spec: { containers } },
      strategy: {},
    },
    status: {} as Deployment['status'],
  };
}

/** The image's last part without tag and digest; what cannot stand in a name becomes a dash, and the name unique. */
function containerName(image: string, random: Random): string {
  const name = image.split('/').at(-1)!.split(':')[0]!.split('@')[0]!;
  if (!/[_.]/.test(name)) return name;
  return `${name.replace(/[_.]/g, '-')}-${randomSuffix(random)}`;
}
