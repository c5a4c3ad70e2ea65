import type { NodeNetwork, NodeSpec, Runtime } from '../../runtime/port';
import { podCIDR } from './cidrs';

export interface RunningNode {
  spec: NodeSpec;
  network: NodeNetwork;
}

/** The single node is named after the profile, as minikube names its own. */
export function nodeSpecs(profile: string, count: number): NodeSpec[] {
  return Array.from({ length: count }, (_, index) => ({
    name: index === 0 ? profile : `${profile}-m${String(index + 1).padStart(2, '0')}`,
    podCIDR: podCIDR(index),
  }));
}

export async function bringUpNodes(runtime: Runtime, specs: NodeSpec[], onStep: (step: string) => void): Promise<RunningNode[]> {
  const nodes: RunningNode[] = [];
  for (const spec of specs) nodes.push({ spec, network: await runtime.ensureNode(spec, onStep) });
  return nodes;
}

/**
 * What `knarr stop` does to the machine: containers get SIGTERM and a short grace, then everything of this
 * profile that runs is gone. The objects in the store stay; the next start runs their pods anew.
 */
export async function takeDownNodes(runtime: Runtime, nodes: RunningNode[], graceSeconds: number): Promise<void> {
  const sandboxes = await runtime.snapshot();
  await Promise.allSettled(
    sandboxes.map(async (sandbox) => {
      const running = sandbox.containers.filter((container) => container.state === 'running');
      await Promise.allSettled(running.map((container) => runtime.stopContainer(container.id, graceSeconds)));
      await runtime.removeSandbox(sandbox.id);
    }),
  );
  await Promise.allSettled(nodes.map((node) => runtime.removeNode(node.spec.name)));
}
