import type { Volume } from '../../../../src/api/generated/core.v1';
import { nonRoot } from '../../support/file-volumes';
import { outputOf, podExec, podOf, podReady, shell, untilTold } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker } from '../../support/row';

type Medium = 'default' | 'tmpfs';

const volumeOf = (medium: Medium): Volume => ({ name: 'scratch', emptyDir: medium === 'tmpfs' ? { medium: 'Memory' } : {} });
const volumeMounts = [{ name: 'scratch', mountPath: '/scratch' }];
const isTmpfs = "grep -q ' /scratch tmpfs ' /proc/mounts && echo tmpfs || echo default";
const modes = { '0644': '-rw-r--r--', '0666': '-rw-rw-rw-', '0777': '-rwxrwxrwx' } as const;

for (const user of ['root', 'non-root'] as const) {
  for (const mode of ['0644', '0666', '0777'] as const) {
    for (const medium of ['default', 'tmpfs'] as const) {
      rowOnDocker(`[sig-storage] EmptyDir volumes should support (${user},${mode},${medium}) [LinuxOnly] [NodeConformance]`, async (t) => {
        const script = `umask 0; echo new > /scratch/file && chmod ${mode} /scratch/file && cat /scratch/file && stat -c %A /scratch/file && ${isTmpfs}`;
        const pod = podOf('writer', [shell('writes', script, { volumeMounts })], { ...(user === 'non-root' ? nonRoot : {}), volumes: [volumeOf(medium)] });
        expect(await outputOf(t, pod)).toBe(`new\n${modes[mode]}\n${medium}\n`);
      });
    }
  }
}

for (const [medium, words] of [['default', 'default medium'], ['tmpfs', 'tmpfs']] as const) {
  rowOnDocker(`[sig-storage] EmptyDir volumes volume on ${words} should have the correct mode [LinuxOnly] [NodeConformance]`, async (t) => {
    const pod = podOf('looker', [shell('looks', `stat -c %A /scratch && ${isTmpfs}`, { volumeMounts })], { volumes: [volumeOf(medium)] });
    expect(await outputOf(t, pod)).toMatch(new RegExp(`^drwxrwxrw[xt]\n${medium}\n$`));
  });
}

rowOnDocker('[sig-storage] EmptyDir volumes pod should support shared volumes between containers', async (t) => {
  const containers = [
    shell('reads', untilTold, { volumeMounts }),
    shell('writes', `echo hello > /scratch/shared; ${untilTold}`, { volumeMounts }),
  ];
  await t.api(pods).create(podOf('pair', containers, { volumes: [volumeOf('default')] }));
  await podReady(t, 'pair');
  await t.eventually(async () => (await podExec(t, 'pair', ['cat', '/scratch/shared'], 'reads')).stdout === 'hello\n');
});
