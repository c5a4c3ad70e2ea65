import type { Container, Pod } from '../../../src/api/generated/core.v1';
import { readAll, resourcePath } from '../../../src/client/http';
import type { RowContext } from './context';
import { images, shell, untilTold } from './pods';
import { pods } from './resources';
import { templateOf } from './workloads';

type Labels = Record<string, string>;

const controller = (name: string, labels: Labels, replicas: number, container: Container) => ({
  apiVersion: 'v1', kind: 'ReplicationController', metadata: { name, labels },
  spec: { replicas, selector: labels, template: templateOf(labels, [container]) },
});

const deployment = (name: string, labels: Labels, replicas: number, container: Container) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name },
  spec: { replicas, selector: { matchLabels: labels }, template: templateOf(labels, [container]) },
});

const service = (name: string, labels: Labels, port: object) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name, labels }, spec: { ports: [port], selector: labels } });

const primary = { app: 'agnhost', role: 'primary' };
export const primaryController = controller('agnhost-primary', primary, 1, shell('agnhost-primary', `echo Paused; ${untilTold}`, { ports: [{ name: 'agnhost-server', containerPort: 6379 }] }));
export const primaryService = service('agnhost-primary', primary, { port: 6379, targetPort: 'agnhost-server' });

const webServer = (name: string, script: string) => shell(name, `mkdir -p /www/cgi-bin; ${script}; exec httpd -f -p 80 -h /www`, { ports: [{ containerPort: 80 }] });

/** Pods that say over HTTP what picture they show. */
export const updateDemo = JSON.stringify(controller('update-demo-nautilus', { name: 'update-demo', version: 'nautilus' }, 2,
  webServer('update-demo', 'echo \'{"image":"nautilus.jpg"}\' > /www/data.json')));

/** Messages are written to the primary and read from the replicas. */
const guestbookScript = `#!/bin/sh
redis() { printf '%s\\r\\nQUIT\\r\\n' "$2" | nc -w 5 "$1" 6379 | tr -d '\\r'; }
printf 'Content-Type: application/json\\r\\n\\r\\n'
case $QUERY_STRING in
  *cmd=set*) redis agnhost-primary "SET messages \${QUERY_STRING##*value=}" | grep -q OK && printf '{"message":"Updated"}' ;;
  *) answer=$(redis agnhost-replica 'GET messages'); case $answer in '$-1'*) value= ;; '$'*) value=$(echo "$answer" | sed -n 2p) ;; *) exit 1 ;; esac; printf '{"data":"%s"}' "$value" ;;
esac
`;
const backend = (role: string) => ({ app: 'agnhost', role, tier: 'backend' });
const frontend = { app: 'guestbook', tier: 'frontend' };
const redis = (name: string, ...args: string[]): Container => ({
  name, image: images.redis, args: ['redis-server', ...args], resources: { requests: { cpu: '100m', memory: '100Mi' } }, ports: [{ containerPort: 6379 }],
});

export const guestbookManifests: readonly string[] = [
  service('agnhost-replica', backend('replica'), { port: 6379 }),
  service('agnhost-primary', backend('primary'), { port: 6379, targetPort: 6379 }),
  service('frontend', frontend, { port: 80 }),
  deployment('frontend', frontend, 3, webServer('guestbook-frontend', `cat > /www/cgi-bin/guestbook <<'END'\n${guestbookScript}END\nchmod +x /www/cgi-bin/guestbook`)),
  deployment('agnhost-primary', backend('primary'), 1, redis('primary')),
  deployment('agnhost-replica', backend('replica'), 2, redis('replica', '--replicaof', 'agnhost-primary', '6379')),
].map((object) => JSON.stringify(object));

export const labelled = async (t: RowContext, labelSelector: string): Promise<Pod[]> => (await t.api(pods).list({ labelSelector })).items;

/** Waits for so many pods that run. */
export function runningPods(t: RowContext, labelSelector: string, count: number): Promise<Pod[]> {
  return t.eventually(async () => {
    const running = (await labelled(t, labelSelector)).filter(({ status }) => status?.phase === 'Running');
    if (running.length >= count) return running;
    throw new Error(`${running.length} of ${count} pods with ${labelSelector} run`);
  }, 120_000);
}

/** As many pods as wanted, asked for and read by the client's templates, each running its image and serving its picture. */
export async function validateUpdateDemo(t: RowContext, replicas: number): Promise<void> {
  const ask = (args: string[], template: string) => t.kubectl(['get', 'pods', ...args, '-o', 'template', `--template=${template}`]);
  await t.eventually(async () => {
    const names = (await ask(['-l', 'name=update-demo'], '{{range.items}}{{.metadata.name}} {{end}}')).split(' ').filter(Boolean);
    if (names.length !== replicas) throw new Error(`${names.length} of ${replicas} pods are there`);
    for (const name of names) {
      const running = await ask([name], '{{if (exists . "status" "containerStatuses")}}{{range .status.containerStatuses}}{{if (and (eq .name "update-demo") (exists . "state" "running"))}}true{{end}}{{end}}{{end}}');
      expect(running).toBe('true');
      expect(await ask([name], '{{if (exists . "spec" "containers")}}{{range .spec.containers}}{{if eq .name "update-demo"}}{{.image}}{{end}}{{end}}{{end}}')).toBe(images.busybox);
      const { body } = await t.client.raw({ path: `${resourcePath(pods, t.namespace, name, 'proxy')}/data.json` });
      expect(JSON.parse((await readAll(body)).toString())).toEqual({ image: 'nautilus.jpg' });
    }
    return true;
  }, 120_000);
}

/** Deletes what the manifests made, by the client, and waits until nothing with the labels is left but pods on their way out. */
export async function cleanUp(t: RowContext, manifests: readonly string[], selector: string): Promise<void> {
  for (const manifest of manifests) await t.kubectl(['delete', '--grace-period=0', '--force', '-f', '-'], manifest);
  await t.eventually(async () => {
    expect(await t.kubectl(['get', 'rc,svc', '-l', selector, '--no-headers'])).toBe('');
    const left = '{{ range .items }}{{ if not .metadata.deletionTimestamp }}{{ .metadata.name }}{{ "\\n" }}{{ end }}{{ end }}';
    expect(await t.kubectl(['get', 'pods', '-l', selector, '-o', `go-template=${left}`])).toBe('');
    return true;
  });
}
