import type { Clock } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import { pods } from '../resources';
import type { Manifest, Manifests } from './manifests';
import { mirrorPod, mirroredHash } from './mirror';

export interface StaticPodsOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly node: { readonly name: string; readonly uid: string };
  readonly manifests: Manifests;
  /** Those that the node has. */
  readonly known: () => Iterable<Pod>;
  readonly log: (line: string) => void;
}

const lookEveryMs = 5000;
const keyOf = ({ metadata }: Pod) => `${metadata.namespace}/${metadata.name}`;

/**
 * Keeps a mirror pod for each manifest of the node: the pods are run as others are. One whose manifest changed ends
 * first; one that was deleted is made anew. Returns what ends it; the pods go on.
 */
export function startStaticPods({ client, clock, node, manifests, known, log }: StaticPodsOptions): () => void {
  let isStopped = false;
  let cancel: () => void = () => undefined;
  /** Why a manifest is not run, by file: told once. */
  const problems = new Map<string, string>();

  const tell = (file: string, error: unknown) => {
    const message = (error as Error).message;
    if (problems.get(file) !== message) log(`node ${node.name}: static pod of ${file}: ${message}`);
    problems.set(file, message);
  };
  const wanted = (found: readonly Manifest[]) => {
    const byKey = new Map<string, { file: string; pod: Pod }>();
    for (const manifest of found) {
      try {
        const pod = mirrorPod(manifest, node);
        if (byKey.has(keyOf(pod))) throw new Error(`${byKey.get(keyOf(pod))!.file} has a pod of the same name`);
        byKey.set(keyOf(pod), { file: manifest.file, pod });
      } catch (error) {
        tell(manifest.file, error);
      }
    }
    return byKey;
  };
  const look = async () => {
    const found = await manifests.read();
    for (const file of problems.keys()) if (!found.some((manifest) => manifest.file === file)) problems.delete(file);
    const missing = wanted(found);
    for (const pod of known()) {
      const hash = mirroredHash(pod);
      if (hash === undefined) continue;
      const still = missing.get(keyOf(pod));
      missing.delete(keyOf(pod));
      if (!pod.metadata.deletionTimestamp && (!still || mirroredHash(still.pod) !== hash)) await remove(client, pod);
    }
    for (const { file, pod } of missing.values()) {
      await client.create<Pod>(pods, pod).then(() => problems.delete(file), (error: unknown) => (isReason(error, 'AlreadyExists') ? undefined : tell(file, error)));
    }
  };
  const lookAgain = () => {
    look().catch((error: unknown) => tell('the directory', error)).finally(() => {
      if (!isStopped) cancel = clock.schedule(lookEveryMs, lookAgain);
    });
  };
  lookAgain();
  return () => {
    isStopped = true;
    cancel();
  };
}

async function remove(client: Client, { metadata: { name, namespace, uid } }: Pod): Promise<void> {
  await client.delete(pods, name, namespace, { preconditions: { uid } }).catch((error: unknown) => {
    if (!isReason(error, 'NotFound', 'Conflict')) throw error;
  });
}
