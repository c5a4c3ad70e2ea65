import { createHash } from 'node:crypto';
import type { Pod } from '../../../api/generated/core.v1';
import { parseYamlOrJson } from '../../../api/yaml';
import type { Manifest } from './manifests';

const prefix = 'kubernetes.io/config';

/**
 * The pod by which the API knows a pod of a manifest. Throws what is wrong with the manifest. After
 * applyDefaults of pkg/kubelet/config/common.go, and the mirror client.
 */
export function mirrorPod({ file, text }: Manifest, node: { name: string; uid: string }): Pod {
  const { kind, apiVersion, metadata, spec } = (parseYamlOrJson(text) ?? {}) as Partial<Pod>;
  if (apiVersion !== 'v1' || kind !== 'Pod' || !metadata?.name || !spec) throw new Error(`${file} holds no v1 Pod with a name and a spec`);
  const hash = createHash('sha256').update([node.name, file, text].join('\0')).digest('hex').slice(0, 32);
  return {
    apiVersion, kind,
    metadata: {
      ...metadata, name: `${metadata.name}-${node.name}`, namespace: metadata.namespace || 'default',
      annotations: { ...metadata.annotations, [`${prefix}.hash`]: hash, [`${prefix}.mirror`]: hash, [`${prefix}.source`]: 'file' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node.name, uid: node.uid, controller: true }],
    },
    // No taint drives out what its node wants to run.
    spec: { ...spec, nodeName: node.name, tolerations: [...(spec.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' }] },
  };
}
