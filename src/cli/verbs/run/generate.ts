import type { Container, Pod, Service } from '../../../api/generated/core.v1';
import type { RestartPolicy } from './options';
import { annotationsOf, envOf, labelsOf } from './pairs';

export interface RunSpec {
  name: string;
  image: string;
  /** What follows the name. */
  args: readonly string[];
  /** `args` are the command itself. */
  command: boolean;
  env: readonly string[];
  annotations: readonly string[];
  /** '' for run=NAME. */
  labels: string;
  /** '' for none. */
  port: string;
  stdin: boolean;
  stdinOnce: boolean;
  tty: boolean;
  privileged: boolean;
  /** '' for the server's choice. */
  pullPolicy: string;
  restart: RestartPolicy;
}

/** The pod of `kubectl run`, fields in Go's order. After BasicPod in k8s.io/kubectl/pkg/generate/versioned. */
export function generatePod(spec: RunSpec): Pod {
  const { name } = spec;
  const env = envOf(spec.env);
  const annotations = annotationsOf(spec.annotations);
  const labels = selectorOf(spec);
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name, creationTimestamp: null, ...sorted('labels', labels), ...sorted('annotations', annotations) } as unknown as Pod['metadata'],
    spec: { containers: [container(spec, env)], restartPolicy: spec.restart, dnsPolicy: 'ClusterFirst' },
    status: {},
  };
}

function container(spec: RunSpec, env: Container['env'] & object): Container {
  const args = spec.args.length ? { [spec.command ? 'command' : 'args']: [...spec.args] } : {};
  return {
    name: spec.name,
    image: spec.image,
    ...args,
    ...(spec.port && { ports: [{ containerPort: portNumber(spec.port) }] }),
    ...(env.length && { env }),
    resources: {},
    ...(spec.pullPolicy && { imagePullPolicy: spec.pullPolicy as NonNullable<Container['imagePullPolicy']> }),
    ...(spec.privileged && { securityContext: { privileged: true } }),
    ...(spec.stdin && { stdin: true }),
    ...(spec.stdinOnce && { stdinOnce: true }),
    ...(spec.tty && { tty: true }),
  };
}

/** The Service of --expose. `labels` as given by the user; the pod's are its selector. */
export function generateService(spec: Pick<RunSpec, 'name' | 'labels' | 'port'>): Service {
  const { name } = spec;
  const ports = spec.port.split(',').map((text, index, all) => ({
    ...(all.length > 1 && { name: `port-${index + 1}` }), protocol: 'TCP' as const, port: portNumber(text), targetPort: portNumber(text),
  }));
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name, creationTimestamp: null, ...(spec.labels && sorted('labels', labelsOf(spec.labels))) } as unknown as Service['metadata'],
    spec: { ports, ...sorted('selector', selectorOf(spec)) },
    status: { loadBalancer: {} },
  };
}

const selectorOf = ({ labels, name }: Pick<RunSpec, 'labels' | 'name'>) => (labels ? labelsOf(labels) : { run: name });

/** Go prints maps by key, and empty ones not at all. */
function sorted(field: string, map: Record<string, string>): Record<string, Record<string, string>> {
  const entries = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length ? { [field]: Object.fromEntries(entries) } : {};
}

/** strconv.Atoi, then int32. */
function portNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  if (!Number.isSafeInteger(Number(text))) throw new Error(`strconv.Atoi: parsing ${JSON.stringify(text)}: value out of range`);
  return Number(text) | 0;
}
