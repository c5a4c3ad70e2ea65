import type { Clock } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import { pods } from '../resources';
import type { Manifest, Manifests } from './manifests';
import { mirroredHash } from '../spec/uid';
import { mirrorPod } from './mirror';

export interface StaticPodsOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly node: { readonly name: string; readonly uid: string };
  readonly manifests: Manifests;
  /** Of the API, all that are bound to the node. */
  readonly mirrors: () => readonly Pod[];
  /** Those that the node looks after, as it does. */
  readonly running: () => readonly Pod[];
  /** Lets one end. */
  readonly release: (pod: Pod) => void;
  readonly log: (line: string) => void;
}

const lookEveryMs = 5000;
const keyOf = ({ metadata }: Pod) => `${metadata.namespace}/${metadata.name}`;

/**
 * Keeps a mirror pod for each manifest of the node: the pods are run as others are. One whose manifest changed ends
 * first. Of one that was deleted only the object is made anew, the containers go on. Returns what ends it; the pods go on.
 */
export function startStaticPods({ client, clock, node, manifests, mirrors, running, release, log }: StaticPodsOptions): () => void {
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
    const hashes = new Set(Array.from(missing.values(), ({ pod }) => mirroredHash(pod)));
    const isWanted = (pod: Pod) => hashes.has(mirroredHash(pod));
    const leaving = running().filter((pod) => mirroredHash(pod) !== undefined && !isWanted(pod));
    const mirrored = mirrors().filter((pod) => mirroredHash(pod) !== undefined);
    for (const pod of leaving) release(pod);
    for (const pod of mirrored.filter((mirror) => !isWanted(mirror) && !mirror.metadata.deletionTimestamp)) await remove(client, pod);
    for (const pod of mirrored.filter((mirror) => isWanted(mirror) && mirror.metadata.deletionTimestamp)) await remove(client, pod, 0);
    for (const pod of [...leaving, ...mirrored.filter((mirror) => !isWanted(mirror) || !mirror.metadata.deletionTimestamp)]) missing.delete(keyOf(pod));
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

async function remove(client: Client, { metadata: { name, namespace, uid } }: Pod, gracePeriodSeconds?: number): Promise<void> {
  await client.delete(pods, name, namespace, { preconditions: { uid }, ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }) }).catch((error: unknown) => {
    if (!isReason(error, 'NotFound', 'Conflict')) throw error;
  });
}
