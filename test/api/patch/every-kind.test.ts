import fc from 'fast-check';
import { normalise } from '../../../src/api/decode';
import { groupVersion, type Unstructured } from '../../../src/api/meta';
import { strategicMergePatch } from '../../../src/api/patch';
import { kinds as stable } from '../../../src/kinds';
import { legacyKinds } from '../../../src/kinds/legacy';
import { objects } from '../../support/generated-objects';
import { describeWithOracle, kubectl } from '../../support/oracle';

/** Runs per kind; each costs a process. Raise it to search. */
const numRuns = Number(process.env.KNARR_ORACLE_RUNS ?? 1);
const seed = Number(process.env.KNARR_ORACLE_SEED ?? 1);

/** Few texts, so that items of lists meet. */
const full = objects({ full: true, text: fc.constantFrom('a', 'b', 'c') });

/** Kinds whose types have lists that merge by key, or otherwise than as a whole. Those of aggregated servers are not in kubectl's scheme. */
const patched = [...stable, ...legacyKinds].filter(({ group, version, kind }) => [
  'v1 Pod', 'v1 Service', 'v1 ServiceAccount', 'v1 Node', 'v1 PersistentVolumeClaim', 'apps/v1 DaemonSet', 'apps/v1 StatefulSet', 'batch/v1 CronJob', 'extensions/v1beta1 Deployment',
  'extensions/v1beta1 Ingress', 'apps/v1beta2 ReplicaSet', 'autoscaling/v2 HorizontalPodAutoscaler', 'policy/v1 PodDisruptionBudget', 'storage.k8s.io/v1 CSINode',
  'flowcontrol.apiserver.k8s.io/v1 FlowSchema', 'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration', 'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy',
].includes(`${groupVersion({ group, version })} ${kind}`));

function theirs(document: object, patch: object): unknown {
  const { stdout, stderr, code } = kubectl(['patch', '--local', '-f', '-', '--type', 'strategic', '-p', JSON.stringify(patch), '-o', 'json'], JSON.stringify(document));
  return code === 0 ? JSON.parse(stdout) : stderr.trim().replace(/^error: /, '');
}

function ours(document: Unstructured, patch: object, schema: string): unknown {
  try {
    return strategicMergePatch(document, patch, schema);
  } catch (error) {
    return (error as Error).message.trim();
  }
}

describeWithOracle('an object with all its fields, patched with all its fields, comes out as the real kubectl has it', () => {
  test.each(patched.map((kind) => [`${groupVersion(kind)} ${kind.kind}`, kind] as const))('%s', (_, { schema, kind, ...version }) => {
    const apiVersion = groupVersion(version);
    const whole = full(schema).map((generated) => normalise({ ...generated, apiVersion, kind }, schema));
    fc.assert(fc.property(whole, whole, (document, { apiVersion: _version, kind: _kind, ...patch }) => {
      const named = { ...document, metadata: { ...document.metadata, name: 'x', managedFields: undefined } } as unknown as Unstructured;
      const metadata = { ...patch.metadata, name: 'x', managedFields: undefined };
      const plain = JSON.parse(JSON.stringify({ document: named, patch: { ...patch, metadata } })) as { document: Unstructured; patch: object };
      expect(ours(plain.document, plain.patch, schema)).toEqual(theirs(plain.document, plain.patch));
    }), { numRuns, seed });
  });
});
