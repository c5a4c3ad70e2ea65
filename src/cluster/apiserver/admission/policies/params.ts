import { isReason } from '../../../../api/errors';
import type { ParamKind, ParamRef } from '../../../../api/generated/admissionregistration.v1';
import { parseGroupVersion, type Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import { labelSelectorText } from '../../../../api/selectors';
import { readEntry, readList } from '../../registry/read';
import { typed } from '../../registry/served';
import type { Registry } from '../../registry/registry';

/** What is wrong with how a policy or its binding is set up. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export const isConfigurationError = (error: unknown): error is ConfigurationError => error instanceof Error && error.name === 'ConfigurationError';

/** Throws ConfigurationError for one that is not served. */
export function paramKindOf({ kinds }: Registry, { apiVersion = '', kind = '' }: ParamKind): Kind {
  const { group, version } = parseGroupVersion(apiVersion);
  const found = kinds.all().find((one) => one.group === group && one.version === version && one.kind === kind);
  if (!found) throw new ConfigurationError(`failed to find resource referenced by paramKind: '${group}/${version}, Kind=${kind}'`);
  return found;
}

/**
 * The parameters that a binding finds for a request in `namespace` ('' for none); undefined stands for doing without.
 * Throws ConfigurationError. Source: CollectParams in generic/policy_dispatcher.go.
 */
export async function collectParams(registry: Registry, kind: Kind | undefined, ref: ParamRef | undefined, namespace: string): Promise<(Unstructured | undefined)[]> {
  if (!kind || !ref) return [undefined];
  const where = ref.namespace ?? '';
  if (kind.namespaced && !where && !namespace) throw new ConfigurationError('cannot use namespaced paramRef in policy binding that matches cluster-scoped resources');
  if (!kind.namespaced && where) throw new ConfigurationError('paramRef.namespace must not be provided for a cluster-scoped `paramKind`');
  const found = await read(registry, kind, kind.namespaced ? where || namespace : undefined, ref);
  if (!found.length && ref.parameterNotFoundAction === 'Deny') {
    throw new ConfigurationError('no params found for policy binding with `Deny` parameterNotFoundAction');
  }
  return found.map((param) => typed(kind, param));
}

async function read(registry: Registry, kind: Kind, namespace: string | undefined, { name, selector }: ParamRef): Promise<Unstructured[]> {
  try {
    if (name) return [(await readEntry(registry, kind, namespace, name)).object];
    const { entries } = await readList(registry, kind, { ...(namespace && { namespace }), labelSelector: labelSelectorText(selector!) });
    return entries.map(({ object }) => object);
  } catch (error) {
    if (isReason(error, 'NotFound')) return [];
    throw error;
  }
}
