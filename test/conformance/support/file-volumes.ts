import type { KeyToPath, PodSpec, Volume } from '../../../src/api/generated/core.v1';
import type { KubeObject } from '../../../src/api/meta';
import { refusal } from './api';
import { outputOf, podExec, podOf, podReady, program, shell, untilTold } from './pods';
import { configMaps, pods, secrets, type Typed } from './resources';
import { rowOnDocker, row, type RowContext } from './row';

/* ConfigMaps and Secrets as files, alone and projected: the same promises four times. */

interface Selection {
  readonly items?: KeyToPath[];
  readonly defaultMode?: number;
  readonly optional?: boolean;
}

export interface FileSource {
  readonly resource: Typed<KubeObject>;
  /** An object with this data, which is text. */
  object(name: string, data: Record<string, string>): KubeObject & Record<string, unknown>;
  volume(name: string, object: string, selection?: Selection): Volume;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const encoded = (data: Record<string, string>) => Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)]));
const configMap = (name: string, data: Record<string, string>) => ({ metadata: { name }, data });
const secret = (name: string, data: Record<string, string>) => ({ metadata: { name }, data: encoded(data) });

export const configMapFiles: FileSource = { resource: configMaps, object: configMap, volume: (name, object, selection) => ({ name, configMap: { name: object, ...selection } }) };
export const secretFiles: FileSource = { resource: secrets, object: secret, volume: (name, object, selection) => ({ name, secret: { secretName: object, ...selection } }) };

const projected = (name: string, source: 'configMap' | 'secret', object: string, { defaultMode, ...selection }: Selection = {}): Volume =>
  ({ name, projected: { ...(defaultMode !== undefined && { defaultMode }), sources: [{ [source]: { name: object, ...selection } }] } });
export const projectedConfigMapFiles: FileSource = { ...configMapFiles, volume: (name, object, selection) => projected(name, 'configMap', object, selection) };
export const projectedSecretFiles: FileSource = { ...secretFiles, volume: (name, object, selection) => projected(name, 'secret', object, selection) };

const three = { 'data-1': 'value-1', 'data-2': 'value-2', 'data-3': 'value-3' };
const mapped: KeyToPath[] = [{ key: 'data-2', path: 'path/to/data-2' }];
export const nonRoot: Partial<PodSpec> = { securityContext: { runAsUser: 1000 } };

export interface Consumed {
  readonly selection?: Selection;
  /** Of the pod's spec. */
  readonly as?: Partial<PodSpec>;
  readonly path?: string;
  readonly value?: string;
  /** `-rw-r--r--` */
  readonly mode?: string;
}

/** A container reads the file, and sees its mode. */
export function consumed(source: FileSource, codename: string, { selection, as = {}, path = 'data-1', value = 'value-1', mode = '-rw-r--r--' }: Consumed = {}): void {
  rowOnDocker(codename, async (t) => {
    await t.api(source.resource).create(source.object('source', three));
    const reads = shell('reads', `cat /etc/in/${path} && echo && stat -Lc %A /etc/in/${path}`, { volumeMounts: [{ name: 'in', mountPath: '/etc/in', readOnly: true }] });
    expect(await outputOf(t, podOf('reader', [reads], { ...as, volumes: [source.volume('in', 'source', selection)] }))).toBe(`${value}\n${mode}\n`);
  });
}

export const withMappings = (source: FileSource, codename: string, more: Consumed = {}): void =>
  consumed(source, codename, { selection: { items: mapped }, path: 'path/to/data-2', value: 'value-2', ...more });
export const withItemMode = (source: FileSource, codename: string): void =>
  withMappings(source, codename, { selection: { items: [{ ...mapped[0]!, mode: 0o400 }] }, mode: '-r--------' });

export function inSeveralVolumes(source: FileSource, codename: string): void {
  rowOnDocker(codename, async (t) => {
    await t.api(source.resource).create(source.object('source', three));
    const volumeMounts = ['one', 'two'].map((name) => ({ name, mountPath: `/etc/${name}`, readOnly: true }));
    const volumes = ['one', 'two'].map((name) => source.volume(name, 'source'));
    expect(await outputOf(t, podOf('reader', [program('reads', ['cat', '/etc/one/data-1', '/etc/two/data-1'], { volumeMounts })], { volumes }))).toBe('value-1value-1');
  });
}

/** Runs a pod that keeps the volumes mounted at `/etc/NAME`. */
export async function holdMounted(t: RowContext, volumes: Volume[]): Promise<(path: string) => Promise<string | undefined>> {
  const volumeMounts = volumes.map(({ name }) => ({ name, mountPath: `/etc/${name}` }));
  await t.api(pods).create(podOf('holder', [shell('holds', untilTold, { volumeMounts })], { volumes }));
  await podReady(t, 'holder');
  return async (path) => {
    const { stdout, code } = await podExec(t, 'holder', ['cat', `/etc/${path}`]);
    return code === 0 ? stdout : undefined;
  };
}

export function updatesAreSeen(source: FileSource, codename: string): void {
  rowOnDocker(codename, async (t) => {
    await t.api(source.resource).create(source.object('source', { 'data-1': 'value-1' }));
    const read = await holdMounted(t, [source.volume('in', 'source')]);
    expect(await read('in/data-1')).toBe('value-1');
    await t.api(source.resource).patch('source', 'merge', { data: source.object('', { 'data-1': 'value-2' }).data });
    await t.eventually(async () => (await read('in/data-1')) === 'value-2');
  });
}

/** One that goes, one that changes and one that comes; none has to be there. */
export function optionalUpdatesAreSeen(source: FileSource, codename: string): void {
  rowOnDocker(codename, async (t) => {
    const api = t.api(source.resource);
    await api.create(source.object('goes', { 'data-1': 'value-1' }));
    await api.create(source.object('changes', { 'data-1': 'value-1' }));
    const read = await holdMounted(t, ['goes', 'changes', 'comes'].map((name) => source.volume(name, name, { optional: true })));
    expect([await read('goes/data-1'), await read('changes/data-3'), await read('comes/data-1')]).toEqual(['value-1', undefined, undefined]);
    await api.delete('goes');
    await api.patch('changes', 'merge', { data: { 'data-1': null, ...(source.object('', { 'data-3': 'value-3' }).data as object) } });
    await api.create(source.object('comes', { 'data-1': 'value-1' }));
    await t.eventually(async () => (await read('goes/data-1')) === undefined && (await read('changes/data-3')) === 'value-3' && (await read('comes/data-1')) === 'value-1');
    expect(await read('changes/data-1')).toBeUndefined();
  });
}

export function immutableOnceSaid(source: FileSource, codename: string): void {
  row(codename, async (t) => {
    const api = t.api(source.resource);
    const refused = (patch: object) => refusal(api.patch('fixed', 'merge', patch));
    await api.create(source.object('fixed', { 'data-1': 'value-1' }));
    await api.patch('fixed', 'merge', { data: source.object('', { 'data-4': 'value-4' }).data });
    await api.patch('fixed', 'merge', { immutable: true });
    expect(await refused({ data: source.object('', { 'data-5': 'value-5' }).data })).toMatchObject({ reason: 'Invalid', code: 422 });
    expect(await refused({ immutable: false })).toMatchObject({ reason: 'Invalid', code: 422 });
    await api.patch('fixed', 'merge', { metadata: { labels: { changed: 'true' } } });
    await api.delete('fixed');
    expect(await api.find('fixed')).toBeUndefined();
  });
}
