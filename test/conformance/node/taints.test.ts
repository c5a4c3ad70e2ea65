import type { Taint } from '../../../src/api/generated/core.v1';
import { podOf, podRunning, shell, untilTold } from '../support/pods';
import { nodes, pods } from '../support/resources';
import { rowOnDocker, type RowContext } from '../support/row';

const label = (name: string) => `[sig-node] NoExecuteTaintManager ${name} [Disruptive]`;
const taint: Taint = { key: 'row/evict', value: 'now', effect: 'NoExecute' };

/** A pod that bears the taint for so long, and runs. */
async function runs(t: RowContext, name: string, tolerationSeconds: number, nodeName?: string): Promise<string> {
  const tolerations = [{ key: taint.key, value: taint.value, effect: taint.effect, tolerationSeconds }];
  await t.api(pods).create(podOf(name, [shell('main', untilTold)], { tolerations, ...(nodeName && { nodeSelector: { 'kubernetes.io/hostname': nodeName } }) }));
  return (await podRunning(t, name)).spec!.nodeName!;
}

const setTaint = (t: RowContext, node: string, present: boolean) => t.api(nodes).change(node, ({ spec }) => {
  const others = (spec!.taints ?? []).filter(({ key }) => key !== taint.key);
  spec!.taints = present ? [...others, taint] : others;
});

async function taintNode(t: RowContext, node: string): Promise<void> {
  t.cleanup(() => setTaint(t, node, false));
  await setTaint(t, node, true);
}

const leaves = async (t: RowContext, name: string) => (await t.api(pods).find(name))?.metadata.deletionTimestamp !== undefined || !(await t.api(pods).find(name));
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

rowOnDocker(label('Single Pod [Serial] removing taint cancels eviction'), async (t) => {
  const node = await runs(t, 'pod', 10);
  await taintNode(t, node);
  await pause(3);
  expect(await leaves(t, 'pod')).toBe(false);
  await setTaint(t, node, false);
  await pause(12);
  expect(await leaves(t, 'pod')).toBe(false);
}, { alone: true });

rowOnDocker(label('Multiple Pods [Serial] evicts pods with minTolerationSeconds'), async (t) => {
  const node = await runs(t, 'short', 3);
  await runs(t, 'long', 15, node);
  await taintNode(t, node);
  await t.eventually(() => leaves(t, 'short'));
  expect(await leaves(t, 'long')).toBe(false);
  await t.eventually(() => leaves(t, 'long'));
}, { alone: true });
