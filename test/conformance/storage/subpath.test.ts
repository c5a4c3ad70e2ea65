import type { Volume } from '../../../src/api/generated/core.v1';
import { outputOf, podOf, shell } from '../support/pods';
import { configMaps, secrets } from '../support/resources';
import { rowOnDocker } from '../support/row';

type Source = Omit<Volume, 'name'>;

const configMap: Source = { configMap: { name: 'my-configmap' } };
const downwardAPI: Source = { downwardAPI: { items: [{ path: 'downward/podname', fieldRef: { fieldPath: 'metadata.name' } }] } };
const projected: Source = { projected: { sources: [{ configMap: { name: 'my-configmap', items: [{ key: 'configmap-key', path: 'projected/configmap-key' }] } }] } };

/** Looks at the one file again and again: it stays what it is. */
function reads(kind: string, source: Source, subPath: string, value: string, mountPath = '/mnt/file'): void {
  rowOnDocker(`[sig-storage] Subpath Atomic writer volumes should support subpaths with ${kind}`, async (t) => {
    await t.api(secrets).create({ metadata: { name: 'my-secret' }, data: { 'secret-key': Buffer.from('secret-value').toString('base64') } });
    await t.api(configMaps).create({ metadata: { name: 'my-configmap' }, data: { 'configmap-key': 'configmap-value' } });
    const script = `for i in 1 2 3 4 5; do cat ${mountPath} && echo; sleep 0.2; done`;
    const pod = podOf('subpath', [shell('reads', script, { volumeMounts: [{ name: 'in', mountPath, subPath }] })], { volumes: [{ name: 'in', ...source }] });
    expect(await outputOf(t, pod)).toBe(`${value}\n`.repeat(5));
  });
}

reads('secret pod', { secret: { secretName: 'my-secret' } }, 'secret-key', 'secret-value');
reads('configmap pod', configMap, 'configmap-key', 'configmap-value');
reads('configmap pod with mountPath of existing file', configMap, 'configmap-key', 'configmap-value', '/etc/resolv.conf');
reads('downward pod', downwardAPI, 'downward/podname', 'subpath');
reads('projected pod', projected, 'projected/configmap-key', 'configmap-value');
