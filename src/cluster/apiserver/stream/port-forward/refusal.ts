import type { Pod } from '../../../../api/generated/core.v1';

/** Why a port cannot be forwarded, in the kubelet's words. */
export function refusal({ metadata: { namespace, name, uid } }: Pod, port: number, failure: unknown): string {
  return `error forwarding port ${port} to pod ${uid}, uid : ${failure instanceof Error ? failure.message : `pod ${namespace}/${name}`}`;
}
