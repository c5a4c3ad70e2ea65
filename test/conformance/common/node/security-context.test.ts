import { outputOf, podOf, shell } from '../../support/pods';
import { rowOnDocker } from '../../support/row';

const label = (name: string) => `[sig-node] Security Context ${name}`;

rowOnDocker(label('When creating a container with runAsUser should run the container with uid 65534 [LinuxOnly] [NodeConformance]'), async (t) => {
  expect(await outputOf(t, podOf('pod', [shell('main', 'id -u', { securityContext: { runAsUser: 65534 } })]))).toBe('65534\n');
});

rowOnDocker(label('When creating a pod with privileged should run the container as unprivileged when false [LinuxOnly] [NodeConformance]'), async (t) => {
  const output = await outputOf(t, podOf('pod', [shell('main', 'ip link add dummy0 type dummy 2>&1 || true', { securityContext: { privileged: false } })]));
  expect(output).toContain('Operation not permitted');
});

rowOnDocker(label('When creating a pod with readOnlyRootFilesystem should run the container with writable rootfs when readOnlyRootFilesystem=false [NodeConformance]'), async (t) => {
  expect(await outputOf(t, podOf('pod', [shell('main', 'echo written > /file && cat /file', { securityContext: { readOnlyRootFilesystem: false } })]))).toBe('written\n');
});

rowOnDocker(label('when creating containers with AllowPrivilegeEscalation should not allow privilege escalation when false [LinuxOnly] [NodeConformance]'), async (t) => {
  const output = await outputOf(t, podOf('pod', [shell('main', 'grep NoNewPrivs /proc/self/status', { securityContext: { runAsUser: 1000, allowPrivilegeEscalation: false } })]));
  expect(output).toMatch(/^NoNewPrivs:\s+1$/m);
});
