import type { Runtime, Sandbox } from '../../../runtime/port';

/** The machine's power is cut: nothing of it runs any more. */
export async function unplug(runtime: Runtime, nodeName: string): Promise<void> {
  const sandboxes = await runtime.snapshot({ nodeName });
  await Promise.allSettled(sandboxes.map(({ id }) => runtime.removeSandbox(id)));
  await runtime.removeNode(nodeName);
}

/**
 * What `knarr stop` does to the machine: containers get SIGTERM and a short grace, then everything of this
 * profile that runs is gone. The objects in the store stay; the next start runs their pods anew.
 */
export async function takeDownAll(runtime: Runtime, nodeNames: readonly string[], graceSeconds: number): Promise<void> {
  const sandboxes = await runtime.snapshot();
  await Promise.allSettled(sandboxes.map((sandbox) => end(runtime, sandbox, graceSeconds)));
  await Promise.allSettled(nodeNames.map((name) => runtime.removeNode(name)));
}

async function end(runtime: Runtime, { id, containers }: Sandbox, graceSeconds: number): Promise<void> {
  const running = containers.filter(({ state }) => state === 'running');
  await Promise.allSettled(running.map((container) => runtime.stopContainer(container.id, graceSeconds)));
  await runtime.removeSandbox(id);
}
