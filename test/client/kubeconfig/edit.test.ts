import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync, lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editKubeconfig, readKubeconfig } from '../../../src/client/kubeconfig';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'knarr-kubeconfig-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const addCluster = (name: string) => (config: { clusters: { name: string; cluster: { server?: string } }[]; 'current-context'?: string }) => {
  config.clusters.push({ name, cluster: { server: `https://${name}` } });
  config['current-context'] = name;
};

test('creates the file, its directory and nothing else', async () => {
  const file = join(dir, 'deep', 'config');
  await editKubeconfig(file, addCluster('a'));
  expect(readFileSync(file, 'utf8')).toBe(
    'apiVersion: v1\nkind: Config\nclusters:\n- name: a\n  cluster:\n    server: https://a\nusers: []\ncontexts: []\ncurrent-context: a\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(dir, 'deep'))).toEqual(['config']);
});

test('keeps comments, order, unknown fields and other entries', async () => {
  const file = join(dir, 'config');
  const text = `# mine
kind: Config
x-unknown: {deep: [1, 2]}   # kept
clusters:
# the first
- name: old
  cluster:
    server: "https://old"   # quoted
    extensions:
    - name: x
      extension: {a: 1}
users: []
contexts:
- {name: c, context: {cluster: old, user: u, odd: yes}}
`;
  writeFileSync(file, text, { mode: 0o644 });
  await editKubeconfig(file, addCluster('new'));
  const after = readFileSync(file, 'utf8');
  expect(after).toBe(text
    .replace('{deep: [1, 2]}   # kept', '{ deep: [ 1, 2 ] } # kept')
    .replace('"https://old"   # quoted', '"https://old" # quoted')
    .replace('{a: 1}', '{ a: 1 }')
    .replace('{name: c, context: {cluster: old, user: u, odd: yes}}', '{ name: c, context: { cluster: old, user: u, odd: yes } }')
    .replace('users: []', '- name: new\n  cluster:\n    server: https://new\nusers: []')
    + 'apiVersion: v1\ncurrent-context: new\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('removes and alters entries in place', async () => {
  const file = join(dir, 'config');
  await editKubeconfig(file, addCluster('a'));
  await editKubeconfig(file, addCluster('b'));
  await editKubeconfig(file, (config) => {
    config.clusters = config.clusters.filter(({ name }) => name !== 'a');
    config.clusters[0]!.cluster.server = 'https://changed';
    delete config['current-context'];
  });
  expect(readFileSync(file, 'utf8')).toBe(
    'apiVersion: v1\nkind: Config\nclusters:\n- name: b\n  cluster:\n    server: https://changed\nusers: []\ncontexts: []\n');
});

test('names that YAML would take for something else come back as they were', async () => {
  const file = join(dir, 'config');
  const names = ['y', 'NO', 'on', 'null', '~', '1_000', '0x1f', '010', '1e3', '12:30', 'a: b', '- a', '#x', 'true', '.inf'];
  await editKubeconfig(file, (config) => names.forEach((name) => config.clusters.push({ name, cluster: {} })));
  expect((await readKubeconfig(file)).clusters?.map(({ name }) => name)).toEqual(names);
});

test('a link stays a link', async () => {
  const real = join(dir, 'real');
  const link = join(dir, 'link');
  writeFileSync(real, 'kind: Config\n');
  symlinkSync(real, link);
  await editKubeconfig(link, addCluster('a'));
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(real, 'utf8')).toContain('https://a');
});

test('two editors at once both succeed', async () => {
  const file = join(dir, 'config');
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => editKubeconfig(file, addCluster(name))));
  for (const name of ['a', 'b', 'c', 'd']) expect(readFileSync(file, 'utf8')).toContain(`server: https://${name}`);
});

test('a broken file is named and left as it is', async () => {
  const file = join(dir, 'config');
  writeFileSync(file, 'a: b: c\n');
  await expect(editKubeconfig(file, addCluster('a'))).rejects.toMatchObject({ name: 'KubeconfigError', code: 'Malformed', message: expect.stringContaining(file) });
  expect(readFileSync(file, 'utf8')).toBe('a: b: c\n');
  expect(readdirSync(dir)).toEqual(['config']);
});

test('a directory that is no directory is named', async () => {
  writeFileSync(join(dir, 'file'), '');
  const file = join(dir, 'file', 'config');
  await expect(editKubeconfig(file, addCluster('a'))).rejects.toMatchObject({ code: 'NotWritable', message: expect.stringContaining(file) });
});
