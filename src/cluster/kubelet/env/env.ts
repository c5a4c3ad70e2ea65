import type { Container, EnvFromSource, EnvVar, Pod } from '../../../api/generated/core.v1';
import { isReason } from '../../../api/errors';
import { isEnvVarName } from '../../../api/validation';
import { expand } from './expansion';
import { fieldValue, resourceValue, type PodPlace } from './fields';
import type { References } from './references';
import { serviceEnv } from './service-env';

export interface Environment {
  variables: { name: string; value: string }[];
  /** Keys that cannot be variables, in the words of the event InvalidEnvironmentVariableNames. */
  skipped: string[];
}

/**
 * envFrom first, then env in its order, then the services. Rejects when something that is not optional is missing;
 * the message is that of CreateContainerConfigError. After kubelet's makeEnvironmentVariables.
 */
export async function environment(pod: Pod, container: Container, place: PodPlace, references: References): Promise<Environment> {
  const namespace = pod.metadata.namespace ?? '';
  const services = serviceEnv(references.services(namespace), namespace, pod.spec.enableServiceLinks !== false);
  const values = new Map<string, string>();
  const skipped: string[] = [];
  for (const source of container.envFrom ?? []) {
    const imported = await readAll(source, namespace, references);
    for (const [name, value] of imported.valid) values.set(name, value);
    if (imported.note) skipped.push(imported.note);
  }
  for (const variable of container.env ?? []) {
    const value = variable.value
      ? expand(variable.value, (name) => values.get(name) ?? services.get(name))
      : await readOne(variable, pod, container, place, references);
    if (value !== undefined) values.set(variable.name, value);
  }
  const all = new Map([...services, ...values]);
  return { variables: [...all].map(([name, value]) => ({ name, value })), skipped };
}

async function readAll(source: EnvFromSource, namespace: string, references: References): Promise<{ valid: [string, string][]; note?: string }> {
  const ref = source.configMapRef ?? source.secretRef;
  if (!ref) return { valid: [] };
  const data = await orMissing(ref.optional, async () =>
    source.configMapRef ? ((await references.configMap(namespace, ref.name ?? '')).data ?? {}) : decoded((await references.secret(namespace, ref.name ?? '')).data));
  const entries = Object.entries(data ?? {}).map(([key, value]): [string, string] => [(source.prefix ?? '') + key, value]);
  const invalid = entries.map(([name]) => name).filter((name) => isEnvVarName(name).length > 0).sort();
  const valid = entries.filter(([name]) => !invalid.includes(name));
  if (invalid.length === 0) return { valid };
  const what = `${source.configMapRef ? 'configMap' : 'secret'} ${namespace}/${ref.name}`;
  return { valid, note: `Keys [${invalid.join(', ')}] from the EnvFrom ${what} were skipped since they are considered invalid environment variable names.` };
}

/** Undefined: the source is optional and missing, so there is no such variable. */
async function readOne({ valueFrom }: EnvVar, pod: Pod, container: Container, place: PodPlace, references: References): Promise<string | undefined> {
  const namespace = pod.metadata.namespace ?? '';
  if (valueFrom?.fieldRef) return fieldValue(valueFrom.fieldRef, pod, place);
  if (valueFrom?.resourceFieldRef) return resourceValue(valueFrom.resourceFieldRef, container, place);
  if (valueFrom?.configMapKeyRef) {
    const { name = '', key, optional } = valueFrom.configMapKeyRef;
    const configMap = await orMissing(optional, () => references.configMap(namespace, name));
    return found(configMap && (configMap.data?.[key] ?? null), optional, `couldn't find key ${key} in ConfigMap ${namespace}/${name}`);
  }
  if (valueFrom?.secretKeyRef) {
    const { name = '', key, optional } = valueFrom.secretKeyRef;
    const secret = await orMissing(optional, () => references.secret(namespace, name));
    return found(secret && (decoded(secret.data)[key] ?? null), optional, `couldn't find key ${key} in Secret ${namespace}/${name}`);
  }
  return '';
}

function found(value: string | null | undefined, optional: boolean | undefined, message: string): string | undefined {
  if (value === null && !optional) throw new Error(message);
  return value ?? undefined;
}

export async function orMissing<T>(optional: boolean | undefined, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (optional && isReason(error, 'NotFound')) return undefined;
    throw error;
  }
}

const decoded = (data: Record<string, string> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
