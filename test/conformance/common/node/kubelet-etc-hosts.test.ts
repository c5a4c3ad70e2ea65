import { podExec, podOf, podReady, shell, untilTold } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker } from '../../support/row';

const managed = '# Kubernetes-managed hosts file.';

rowOnDocker('[sig-node] KubeletManagedEtcHosts should test kubelet managed /etc/hosts file [LinuxOnly] [NodeConformance]', async (t) => {
  const volumeMounts = [{ name: 'host-etc-hosts', mountPath: '/etc/hosts' }];
  const volumes = [{ name: 'host-etc-hosts', hostPath: { path: '/etc/hosts', type: 'File' as const } }];
  const containers = [shell('one', untilTold), shell('two', untilTold), shell('own', untilTold, { volumeMounts })];
  await t.api(pods).create(podOf('pod', containers, { volumes }));
  await t.api(pods).create(podOf('on-host', containers, { volumes, hostNetwork: true }));
  await podReady(t, 'pod');
  await podReady(t, 'on-host');
  const hosts = async (pod: string, container: string) => (await podExec(t, pod, ['cat', '/etc/hosts'], container)).stdout;
  for (const container of ['one', 'two']) {
    expect(await hosts('pod', container)).toContain(managed);
    expect(await hosts('on-host', container)).not.toContain(`${managed}\n`);
  }
  for (const pod of ['pod', 'on-host']) expect(await hosts(pod, 'own')).not.toContain(managed);
});
