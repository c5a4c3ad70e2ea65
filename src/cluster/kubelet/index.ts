import type { Clock, Random } from '../../api/clock';
import type { Node, Pod } from '../../api/generated/core.v1';
import type { Client } from '../../client/client';
import { createInformerSet, type InformerSet } from '../../client/informer';
import { createRecorder } from '../../client/record';
import type { NodeNetwork, Runtime } from '../../runtime/port';
import { KubeletAgent } from './agent/agent';
import { startDiskGuard } from './disk-guard';
import { startImageCollector } from './image-collector';
import { Kubelet } from './kubelet';
import { startHeartbeat } from './node/heartbeat';
import { registerNode } from './node/registration';
import { PodAddresses } from './pod/ips';
import { PodEvents } from './pod/events';
import { Images } from './pod/images';
import type { Host } from './pod/host';
import { byNode } from '../../kinds/pod-state';
import { nodes, pods } from './resources';
import { Sources } from './sources';
import type { Manifests } from './static-pods/manifests';
import { startStaticPods } from './static-pods/static-pods';

export { manifestsIn } from './static-pods/manifests';
export { startVolumeKeeper } from './volumes/keeper';

export interface KubeletOptions {
  client: Client;
  runtime: Runtime;
  network: NodeNetwork;
  node: { name: string; podCIDR: string; capacity?: Readonly<Record<string, string>> };
  clock: Clock;
  random: Random;
  clusterDNS: string;
  clusterDomain: string;
  /** Resolves when no Service leads new connections to a pod that ends; absent: at once. */
  untilWithdrawn?: (pod: Pod) => Promise<void>;
  /** Of static pods. */
  manifests?: Manifests;
  log: (line: string) => void;
  /** Shared between the kubelets of a process; it is the caller's to stop. */
  informers?: InformerSet;
}

export interface RunningKubelet {
  agent: KubeletAgent;
  /** Stops looking after the pods, which go on. */
  stop(): Promise<void>;
}

/** Resolves when the node is registered and its pods are looked after. */
export async function startKubelet(options: KubeletOptions): Promise<RunningKubelet> {
  const { client, runtime, network, node, clock, clusterDNS, clusterDomain, log } = options;
  const own = options.informers ? undefined : createInformerSet(options);
  const informers = options.informers ?? own!;
  const podInformer = informers.for<Pod>(pods);
  const nodeInformer = informers.for<Node>(nodes);
  const sources = new Sources(informers, client, clock);
  const recorder = createRecorder({ client, clock, log, component: 'kubelet', host: node.name });
  const events = new PodEvents(recorder);

  const info = await runtime.info();
  const identity = { ...node, address: network.address };
  const registered = await registerNode(client, identity, info, clock.now());
  await Promise.all([podInformer.synced, nodeInformer.synced, sources.synced]);
  const host: Host = {
    nodeName: node.name, client, runtime, network, clock, dns: { clusterDNS, clusterDomain }, sources, events,
    images: new Images(runtime, clock, events, sources),
    addresses: new PodAddresses(node.podCIDR),
    nodeMemoryBytes: info.memoryBytes,
    allocatable: registered.status?.allocatable ?? {},
    untilWithdrawn: options.untilWithdrawn ?? (() => Promise.resolve()),
    log,
  };
  const kubelet = new Kubelet(host, podInformer, nodeInformer, options.manifests !== undefined);
  await kubelet.start();
  const stopHeartbeat = startHeartbeat({ client, runtime, clock, network, node, nodeUid: registered.metadata.uid, info, log });
  const stopDiskGuard = startDiskGuard(host, () => kubelet.all());
  const stopImageCollector = startImageCollector({ ...host, pulled: host.images.pulled, pods: () => Array.from(kubelet.all(), ({ pod }) => pod), recorder });
  const stopStaticPods = options.manifests && startStaticPods({
    client, clock, log, manifests: options.manifests, node: { name: node.name, uid: registered.metadata.uid ?? '' },
    mirrors: () => podInformer.find(byNode, node.name), running: () => Array.from(kubelet.all(), ({ pod }) => pod), release: (pod) => kubelet.release(pod),
  });
  const agent = new KubeletAgent({ runtime, network, clock, nodeName: node.name, pod: (uid) => kubelet.find(uid), pods: () => kubelet.all() });
  return {
    agent,
    async stop() {
      stopHeartbeat();
      stopDiskGuard();
      stopImageCollector();
      stopStaticPods?.();
      await kubelet.stop();
      own?.stop();
      await recorder.idle();
    },
  };
}
