import type { Container } from '../../../../src/api/generated/core.v1';
import { images, outputOf, podExec, podOf, podReady } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] Containers should ${name} [NodeConformance]`;

/** The image has an entrypoint of its own, which runs what it is given, and a default command: the server. */
const outputWith = (t: RowContext, override: Partial<Container>) => outputOf(t, podOf('pod', [{ name: 'main', image: images.nginx, ...override }]));

rowOnDocker(label('use the image defaults if command and args are blank'), async (t) => {
  await t.api(pods).create(podOf('pod', [{ name: 'main', image: images.nginx }]));
  await podReady(t, 'pod');
  expect((await podExec(t, 'pod', ['cat', '/proc/1/cmdline'])).stdout).toContain('nginx');
});

rowOnDocker(label("be able to override the image's default arguments (container cmd)"), async (t) => {
  expect(await outputWith(t, { args: ['echo', 'override', 'arguments'] })).toContain('override arguments\n');
});

rowOnDocker(label("be able to override the image's default command (container entrypoint)"), async (t) => {
  expect(await outputWith(t, { command: ['echo'] })).toBe('\n');
});

rowOnDocker(label("be able to override the image's default command and arguments"), async (t) => {
  expect(await outputWith(t, { command: ['echo'], args: ['override', 'arguments'] })).toBe('override arguments\n');
});
