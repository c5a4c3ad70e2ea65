import type { HorizontalPodAutoscaler } from '../../../api/generated/autoscaling.v2';
import type { Scale } from '../../../api/generated/autoscaling.v1';
import { parseGroupVersion } from '../../../api/meta';
import type { Client } from '../../../client/client';
import type { Kind } from '../../../kinds/kind';
import type { KindSource } from '../kind-source';

/** What an autoscaler scales, as it is. */
export interface Target {
  readonly kind: Kind;
  readonly scale: Scale;
}

/** An error where there is nothing to scale, in the words of the condition. */
export async function findScale(client: Client, kinds: KindSource, { metadata, spec }: HorizontalPodAutoscaler): Promise<Target | Error> {
  const { apiVersion = '', kind: name, name: object } = spec!.scaleTargetRef;
  const { group } = parseGroupVersion(apiVersion);
  const kind = kinds.all().find((candidate) => candidate.group === group && candidate.kind === name && candidate.subresources?.includes('scale'));
  if (!kind) return new Error(`no matches for kind ${JSON.stringify(name)} in group ${JSON.stringify(group)}`);
  try {
    return { kind, scale: await client.get<Scale>(kind, object, metadata.namespace, { subresource: 'scale' }) };
  } catch (error) {
    return error as Error;
  }
}

export async function setScale(client: Client, { kind, scale }: Target, replicas: number): Promise<void> {
  await client.update(kind, { ...scale, spec: { ...scale.spec, replicas } }, { subresource: 'scale' });
}
