import { parseQuantity, quantityValue, toMilli } from '../../api/quantity';
import type { Container, EnvFromSource, EnvVar, Pod, ResourceFieldSelector } from '../../api/generated/core.v1';
import type { Write } from './writer';

const none = (list: readonly unknown[]) => list.length === 0 ? '\t<none>' : '';

/** Of a pod only these two are resolved; of a template nothing is known. After EnvValueRetriever. */
function fieldValue(pod: Pod | undefined, path: string): string {
  if (path === 'metadata.name') return pod?.metadata.name ?? '';
  return path === 'metadata.namespace' ? pod?.metadata.namespace ?? '' : '';
}

const known = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/;

/** In units of the divisor, rounded up. After ExtractContainerResourceValue. */
function resourceValue({ resource, divisor }: ResourceFieldSelector, { resources }: Container): string {
  const [, list, name] = known.exec(resource) ?? [];
  if (!list || !name) return '';
  const amount = parseQuantity(resources?.[list as 'limits' | 'requests']?.[name] ?? '0');
  const asked = parseQuantity(divisor ?? '0');
  const unit = asked.unscaled === 0n ? parseQuantity('1') : asked;
  const value = name === 'cpu' ? Math.ceil(toMilli(amount) / toMilli(unit)) : Math.ceil(quantityValue(amount) / quantityValue(unit));
  return value === 0 && /^limits\.(cpu|memory)$/.test(resource) ? 'node allocatable' : String(value);
}

function sourceText({ valueFrom = {} }: EnvVar, container: Container, pod: Pod | undefined): string | undefined {
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) return `${fieldValue(pod, fieldRef.fieldPath)} (${fieldRef.apiVersion ?? ''}:${fieldRef.fieldPath})`;
  if (resourceFieldRef) return `${resourceValue(resourceFieldRef, container)} (${resourceFieldRef.resource})`;
  if (secretKeyRef) {
    return `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name ?? ''}'>\tOptional: ${secretKeyRef.optional ?? false}`;
  }
  if (!configMapKeyRef) return undefined;
  return `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name ?? ''}'>\tOptional: ${configMapKeyRef.optional ?? false}`;
}

/** `pod` is undefined in a template. */
export function describeEnv(write: Write, container: Container, pod: Pod | undefined): void {
  const env = container.env ?? [];
  write(2, `Environment:${none(env)}\n`);
  for (const variable of env) {
    if (variable.valueFrom) {
      const text = sourceText(variable, container, pod);
      if (text !== undefined) write(3, `${variable.name}:\t${text}\n`);
      continue;
    }
    (variable.value ?? '').split('\n').forEach((line, i) => write(3, `${i === 0 ? `${variable.name}:` : ''}\t${line}\n`));
  }
}

function envFromText({ prefix, configMapRef, secretRef }: EnvFromSource): string {
  const source = configMapRef ?? secretRef;
  const kind = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
  return `${source?.name ?? ''}\t${kind}${prefix ? ` with prefix '${prefix}'` : ''}\tOptional: ${source?.optional ?? false}`;
}

export function describeEnvFrom(write: Write, { envFrom = [] }: Container): void {
  if (envFrom.length === 0) return;
  write(2, 'Environment Variables from:\n');
  for (const source of envFrom) write(3, `${envFromText(source)}\n`);
}
