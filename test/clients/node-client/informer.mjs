// A program as users write them: keeps itself up to date with config maps and says what it learns, a line of JSON each.
// Between failures it starts its informer again, as the client's documentation tells. Arguments: what each watch asks for.
import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromDefault();
const api = config.makeApiClient(CoreV1Api);
const namespace = 'default';
const query = process.argv[2] ? `?${process.argv[2]}` : '';
const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps${query}`, () => api.listNamespacedConfigMap({ namespace }));

const tell = (event, of) => console.log(JSON.stringify({ event, name: of?.metadata?.name, value: of?.data?.value }));
for (const event of ['add', 'update', 'delete']) informer.on(event, (object) => tell(event, object));
informer.on('connect', () => tell('connect'));
informer.on('error', () => {
  tell('error');
  setTimeout(() => void informer.start(), 200);
});
await informer.start();
