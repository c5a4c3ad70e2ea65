import type { Container } from '../../../src/api/generated/core.v1';
import { readAll, resourcePath } from '../../../src/client/http';
import { images } from '../support/pods';
import { configMaps, pods, services } from '../support/resources';
import { rowOnDocker, type RowContext } from '../support/row';
import { makeService, serverPod } from '../support/serving';

const label = (name: string) => `[sig-network] Proxy version v1 ${name}`;

/** Says what it was asked, and on which port. */
const echo = `
daemon off;
user root;
events {}
http { server { listen 160; listen 162; location / { return 200 "$server_port $request_method $uri"; } } }
`;

async function echoServer(t: RowContext): Promise<void> {
  await t.api(configMaps).create({ metadata: { name: 'echo' }, data: { 'nginx.conf': echo } });
  const container: Container = {
    name: 'echo', image: images.nginx, command: ['nginx', '-c', '/conf/nginx.conf'], volumeMounts: [{ name: 'conf', mountPath: '/conf' }],
    ports: [{ name: 'dest1', containerPort: 160 }, { name: 'dest2', containerPort: 162 }], readinessProbe: { tcpSocket: { port: 160 }, periodSeconds: 1 },
  };
  await serverPod(t, 'echo', { app: 'echo' }, [container], { volumes: [{ name: 'conf', configMap: { name: 'echo' } }] });
  await makeService(t, 'echo', { selector: { app: 'echo' }, ports: [{ name: 'portname1', port: 80, targetPort: 'dest1' }, { name: 'portname2', port: 81, targetPort: 162 }] });
}

const proxied = (t: RowContext, what: 'pod' | 'service', name: string) => `${resourcePath(what === 'pod' ? pods : services, t.namespace, name)}/proxy`;

async function ask(t: RowContext, path: string, method = 'GET'): Promise<string> {
  const { body } = await t.client.raw({ path, method: method as 'GET' });
  return (await readAll(body)).toString();
}
const says = (t: RowContext, path: string, text: string, method?: string) => t.eventually(async () => {
  expect(await ask(t, path, method)).toBe(text);
  return true;
});

rowOnDocker(label('should proxy through a service and a pod'), async (t) => {
  await echoServer(t);
  const expected: [kind: 'pod' | 'service', name: string, port: number][] = [
    ['service', 'echo:portname1', 160], ['service', 'http:echo:portname1', 160], ['service', 'echo:portname2', 162], ['service', 'echo:81', 162],
    ['pod', 'echo:160', 160], ['pod', 'http:echo:162', 162],
  ];
  for (const [kind, name, port] of expected) await says(t, `${proxied(t, kind, name)}/a/path`, `${port} GET /a/path`);
  const all = Array.from({ length: 20 }, () => expected).flat();
  expect(await Promise.all(all.map(([kind, name]) => ask(t, `${proxied(t, kind, name)}/`)))).toEqual(all.map(([, , port]) => `${port} GET /`));
});

const verbs = ['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

rowOnDocker(label('A set of valid responses are returned for both pod and service ProxyWithPath'), async (t) => {
  await echoServer(t);
  for (const base of [proxied(t, 'pod', 'echo:160'), proxied(t, 'service', 'echo:portname1')]) {
    for (const verb of verbs) await says(t, `${base}/some/path/with/${verb}`, `160 ${verb} /some/path/with/${verb}`, verb);
    expect(await ask(t, `${base}/some/path/with/HEAD`, 'HEAD')).toBe('');
  }
});

rowOnDocker(label('A set of valid responses are returned for both pod and service Proxy'), async (t) => {
  await echoServer(t);
  for (const base of [proxied(t, 'pod', 'echo:160'), proxied(t, 'service', 'echo:portname1')]) {
    for (const verb of verbs) await says(t, `${base}/`, `160 ${verb} /`, verb);
    expect(await ask(t, `${base}/`, 'HEAD')).toBe('');
  }
});
