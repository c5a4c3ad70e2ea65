import { refusal } from '../../support/api';
import { outputOf, podOf, program } from '../../support/pods';
import { pods } from '../../support/resources';
import { row, rowOnDocker } from '../../support/row';

const label = (name: string) => `[sig-node] Sysctls [LinuxOnly] [NodeConformance] should ${name} [MinimumKubeletVersion:1.21]`;
const podWith = (sysctls: { name: string; value: string }[]) => podOf('pod', [program('main', ['sysctl', 'kernel.shm_rmid_forced'])], { securityContext: { sysctls } });

rowOnDocker(label('support sysctls'), async (t) => {
  expect(await outputOf(t, podWith([{ name: 'kernel.shm_rmid_forced', value: '1' }]))).toContain('kernel.shm_rmid_forced = 1');
});

row(label('reject invalid sysctls'), async (t) => {
  const sysctls = ['foo-', 'kernel.shmmax', 'safe-and-unsafe', 'bar..'].map((name) => ({ name, value: name === 'kernel.shmmax' ? '100000000' : 'bar' }));
  const { code, message } = await refusal(t.api(pods).create(podWith(sysctls)));
  expect(code).toBe(422);
  expect(message).toContain('Invalid value: "foo-"');
  expect(message).toContain('Invalid value: "bar.."');
  expect(message).not.toContain('safe-and-unsafe');
  expect(message).not.toContain('kernel.shmmax');
});
