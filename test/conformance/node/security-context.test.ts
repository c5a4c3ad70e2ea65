import { outputOf, podOf, shell } from '../support/pods';
import { rowOnDocker } from '../support/row';

const label = (name: string) => `[sig-node] Security Context should support ${name} [LinuxOnly]`;
const securityContext = { runAsUser: 1001, runAsGroup: 2002 };
const whoAmI = 'echo uid=$(id -u) gid=$(id -g)';

rowOnDocker(label('pod.Spec.SecurityContext.RunAsUser And pod.Spec.SecurityContext.RunAsGroup'), async (t) => {
  expect(await outputOf(t, podOf('pod', [shell('main', whoAmI)], { securityContext }))).toBe('uid=1001 gid=2002\n');
});

rowOnDocker(label('container.SecurityContext.RunAsUser And container.SecurityContext.RunAsGroup'), async (t) => {
  expect(await outputOf(t, podOf('pod', [shell('main', whoAmI, { securityContext })]))).toBe('uid=1001 gid=2002\n');
});
