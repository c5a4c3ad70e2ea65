import type { Lifecycle } from '../../../../src/api/generated/core.v1';
import { podGone, podLogs, podOf, podReady, shell, untilTold } from '../../support/pods';
import { pods } from '../../support/resources';
import { rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] Container Lifecycle Hook when create a pod with lifecycle hook should execute ${name} hook properly [NodeConformance]`;

/** Each hook asks for one of its own. */
const files = 'for hook in started stopped; do for way in exec http; do touch /tmp/$hook-by-$way; done; done; touch /tmp/up';

/** A pod that writes down what it is asked; its address. */
async function listener(t: RowContext): Promise<string> {
  await t.api(pods).create(podOf('listener', [shell('main', `${files}; httpd -f -vv -p 8080 -h /tmp`, { readinessProbe: { httpGet: { path: '/up', port: 8080 }, periodSeconds: 1 } })]));
  return (await podReady(t, 'listener')).status!.podIP!;
}

const heard = (t: RowContext, what: string) => t.eventually(async () => (await podLogs(t, 'listener')).includes(`/${what}`));

async function runWith(t: RowContext, lifecycle: Lifecycle): Promise<void> {
  await t.api(pods).create(podOf('pod', [shell('main', untilTold, { lifecycle })], { terminationGracePeriodSeconds: 10 }));
  await podReady(t, 'pod');
}

async function remove(t: RowContext): Promise<void> {
  await t.api(pods).delete('pod');
  await podGone(t, 'pod');
}

const byExec = (host: string, what: string) => ({ exec: { command: ['wget', '-q', '-O', '-', `http://${host}:8080/${what}`] } });
const byHttp = (host: string, what: string) => ({ httpGet: { path: `/${what}`, host, port: 8080 } });

rowOnDocker(label('poststart exec'), async (t) => {
  await runWith(t, { postStart: byExec(await listener(t), 'started-by-exec') });
  await heard(t, 'started-by-exec');
  await remove(t);
});

rowOnDocker(label('prestop exec'), async (t) => {
  await runWith(t, { preStop: byExec(await listener(t), 'stopped-by-exec') });
  await remove(t);
  await heard(t, 'stopped-by-exec');
});

rowOnDocker(label('poststart http'), async (t) => {
  await runWith(t, { postStart: byHttp(await listener(t), 'started-by-http') });
  await heard(t, 'started-by-http');
  await remove(t);
});

rowOnDocker(label('prestop http'), async (t) => {
  await runWith(t, { preStop: byHttp(await listener(t), 'stopped-by-http') });
  await remove(t);
  await heard(t, 'stopped-by-http');
});
