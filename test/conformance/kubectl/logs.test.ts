import { images, podRunning, untilTold } from '../support/pods';
import { rowOnDocker } from '../support/row';

const lineCount = 100;
const script = `i=0; while [ $i -lt ${lineCount} ]; do echo "$i GET /api/v1/namespaces/kube-system/pods/p$i"; i=$((i+1)); sleep 0.2; done; ${untilTold}`;
const lines = (text: string) => text.replace(/\n+$/, '').split('\n');

rowOnDocker('[sig-cli] Kubectl logs logs should be able to retrieve and filter logs', async (t) => {
  const name = 'logs-generator';
  await t.kubectl(['run', name, `--image=${images.busybox}`, '--restart=Never', '--pod-running-timeout=2m', '--', 'sh', '-c', script]);
  await podRunning(t, name);
  const logs = (...args: string[]) => t.kubectl(['logs', name, name, ...args]);
  await t.eventually(async () => (await logs()).includes('/api/v1/namespaces/kube-system'));

  const last = await logs('--tail=1');
  expect(last).not.toBe('');
  expect(lines(last)).toHaveLength(1);
  expect(await logs('--limit-bytes=1')).toHaveLength(1);

  const [stamped, ...more] = lines(await logs('--tail=1', '--timestamps'));
  expect(more).toEqual([]);
  const [time, ...words] = stamped!.split(' ');
  expect(words.length).toBeGreaterThan(0);
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

  // `--since` counts in whole seconds: the first lines have to be older than that.
  await t.eventually(async () => lines(await logs('--since=1s')).length < lines(await logs('--since=24h')).length);
  await t.kubectl(['delete', 'pod', name, '--grace-period=1']);
}, { bothClients: true });
