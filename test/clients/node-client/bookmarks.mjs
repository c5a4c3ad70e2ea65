// Watches with bookmarks until the server ends the watch, as it was asked to after a second, and prints what came.
import { KubeConfig, Watch } from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromDefault();
const told = [];
const queries = { allowWatchBookmarks: true, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan', timeoutSeconds: 1 };
await new Promise((resolve) => {
  void new Watch(config).watch('/api/v1/namespaces/default/configmaps', queries, (phase, object) => {
    const { annotations, name, resourceVersion } = object.metadata;
    told.push({ phase, ...(name && { name }), resourceVersion, ...(annotations?.['k8s.io/initial-events-end'] && { endsInitialEvents: true }) });
  }, resolve);
});
console.log(JSON.stringify(told));
