import { podGone, podLogs, podOf, podReady, shell, untilTold } from '../support/pods';
import { pods } from '../support/resources';
import { rowOnDocker } from '../support/row';

rowOnDocker('[sig-node] PreStop should call prestop when killing a pod', async (t) => {
  await t.api(pods).create(podOf('server', [shell('main', 'touch /tmp/up /tmp/prestop; httpd -f -vv -p 8080 -h /tmp', { readinessProbe: { httpGet: { path: '/up', port: 8080 }, periodSeconds: 1 } })]));
  const address = (await podReady(t, 'server')).status!.podIP!;
  const preStop = { exec: { command: ['wget', '-q', '-O', '-', `http://${address}:8080/prestop`] } };
  await t.api(pods).create(podOf('tester', [shell('main', untilTold, { lifecycle: { preStop } })], { terminationGracePeriodSeconds: 10 }));
  await podReady(t, 'tester');
  expect(await podLogs(t, 'server')).not.toContain('/prestop');
  await t.api(pods).delete('tester');
  await podGone(t, 'tester');
  await t.eventually(async () => (await podLogs(t, 'server')).includes('/prestop'));
});
