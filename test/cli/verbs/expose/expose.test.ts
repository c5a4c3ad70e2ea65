import { expose } from '../../../../src/cli/verbs/expose/expose';
import { exposeFlags } from '../../../../src/cli/verbs/expose/flags';
import { runVerb } from '../run-verb';

const ports = [{ containerPort: 53, protocol: 'TCP' }, { containerPort: 53, protocol: 'UDP' }, { containerPort: 80 }];
const deployment = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'default', labels: { b: '2', a: '1' } },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { spec: { containers: [{ name: 'main', ports }] } } },
};
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare', namespace: 'default' }, spec: { containers: [{ name: 'main' }] } };
const routes = {
  'GET /apis/apps/v1/namespaces/default/deployments/web': deployment,
  'GET /api/v1/namespaces/default/pods/bare': pod,
  'POST /api/v1/namespaces/default/services': ({ body }: { body?: unknown }) => body as object,
};
const run = (line: string) => runVerb(expose, exposeFlags, line, { routes });

test('ports, protocols, selector and labels are the object\'s own', async () => {
  const { out, sent } = await run('deployment web');
  expect(out).toBe('service/web exposed\n');
  expect(sent.at(-1)!.body).toMatchObject({
    metadata: { name: 'web', namespace: 'default', labels: { a: '1', b: '2' } },
    spec: {
      selector: { app: 'web' },
      ports: [
        { name: 'port-1-tcp', protocol: 'TCP', port: 53, targetPort: 53 }, { name: 'port-1-udp', protocol: 'UDP', port: 53, targetPort: 53 },
        { name: 'port-2', protocol: 'TCP', port: 80, targetPort: 80 },
      ],
    },
  });
});

test('what is given wins', async () => {
  const { sent } = await run('deployment web --name=x --port=53 --protocol=SCTP --target-port=dns --selector=k=v --type=NodePort');
  expect(sent.at(-1)!.body).toMatchObject({ metadata: { name: 'x' }, spec: { selector: { k: 'v' }, type: 'NodePort', ports: [{ protocol: 'SCTP', port: 53, targetPort: 'dns' }] } });
});

test.each<[string, string]>([
  ['pod bare --port=80', 'couldn\'t retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed'],
  ['pod bare --selector=a=b', 'couldn\'t find port via --port flag or introspection'],
  ['pod bare --selector=a --port=80', 'unexpected label spec: a'],
  ['deployment web --session-affinity=Other', 'unknown session affinity: Other'],
])('%s fails', async (line, message) => {
  expect(await run(line)).toMatchObject({ out: '', err: `error: ${message}\n`, code: 1 });
});
