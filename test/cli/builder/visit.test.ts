import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, objectName, visit, type ResourceRequest } from '../../../src/cli/builder';
import { testSession, type TestOptions } from '../session';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'knarr-builder-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const pod = (name: string, namespace = 'default') => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } });
const namespace = { name: 'default', explicit: false };

async function run(request: Omit<ResourceRequest, 'namespace'> & Partial<ResourceRequest>, options: TestOptions = {}) {
  const session = testSession({ cwd, ...options });
  const { infos, errors } = await collect(await visit(session, { namespace, ...request }));
  return { names: infos.map((info) => `${info.namespace}:${objectName(info)}`), infos, errors: errors.map((error) => (error as Error).message), session };
}

describe('arguments', () => {
  const routes = {
    'GET /api/v1/namespaces/default/pods/a': pod('a'),
    'GET /api/v1/namespaces/default/pods': { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [{ metadata: { name: 'a', namespace: 'default' } }, { metadata: { name: 'b', namespace: 'default' } }] },
    'GET /apis/apps/v1/namespaces/default/deployments': { kind: 'DeploymentList', apiVersion: 'apps/v1', metadata: {}, items: [] },
  };

  test('names: what is missing does not keep back the rest', async () => {
    expect(await run({ args: ['po', 'x', 'a'] }, { routes })).toMatchObject({ names: ['default:pod/a'], errors: ['pods "x" not found'] });
  });

  test('a type: items get the type that lists leave out', async () => {
    const { infos } = await run({ args: ['pods'], emptySelectorMeansAll: true }, { routes });
    expect(infos.map(({ object }) => [object.apiVersion, object.kind, object.metadata.name])).toEqual([['v1', 'Pod', 'a'], ['v1', 'Pod', 'b']]);
  });

  test('a category', async () => {
    const { session } = await run({ args: ['all'], emptySelectorMeansAll: true }, { routes });
    expect(session.requests).toEqual(['GET /api/v1/namespaces/default/pods', 'GET /apis/apps/v1/namespaces/default/deployments']);
  });

  test('pieces of a long list', async () => {
    const { names, session } = await run({ args: ['pods'], selector: 'a=b', chunkSize: 1 }, { routes: {
      'GET /api/v1/namespaces/default/pods?labelSelector=a=b&limit=1': { kind: 'PodList', apiVersion: 'v1', metadata: { continue: 'next' }, items: [pod('a')] },
      'GET /api/v1/namespaces/default/pods?labelSelector=a=b&limit=1&continue=next': { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [pod('b')] },
    } });
    expect(names).toEqual(['default:pod/a', 'default:pod/b']);
    expect(session.requests).toHaveLength(2);
  });

  test('without fetching, only names', async () => {
    const { names, session } = await run({ args: ['ns/x', 'deploy/y'], fetch: false });
    expect(names).toEqual([':namespace/x', 'default:deployment.apps/y']);
    expect(session.requests).toEqual([]);
  });

  test.each<[Partial<ResourceRequest>, string]>([
    [{ args: ['foo.bar'], emptySelectorMeansAll: true }, 'the server doesn\'t have a resource type "foo"'],
    [{ args: ['pods'] }, 'resource(s) were provided, but no name was specified'],
    [{ args: [] }, 'You must provide one or more resources by argument or filename.'],
    [{ args: ['pods', 'a'], selector: 'x=y' }, 'name cannot be provided when a selector is specified'],
    [{ args: ['pod/a'], all: true }, 'selectors and the all flag cannot be used when passing resource/name arguments'],
    [{ args: ['pods'], all: true, selector: 'x=y' }, 'setting \'all\' parameter but found a non empty selector. '],
    [{ args: ['pods', 'a'], allNamespaces: true }, 'a resource cannot be retrieved by name across all namespaces'],
    [{ args: ['pods,deploy'], singleType: true, emptySelectorMeansAll: true }, 'you may only specify a single resource type'],
    [{ args: ['pods'], emptySelectorMeansAll: true, subresource: 'status' }, 'subresource cannot be used when bulk resources are specified'],
  ])('refuses %j', async (request, text) => {
    await expect(run(request)).rejects.toThrow(text);
  });

  test('a bad selector is told with what was looked for', async () => {
    const status = { kind: 'Status', reason: 'BadRequest', code: 400, message: 'no such field' };
    const { errors } = await run({ args: ['pods'], fieldSelector: 'a=b' }, { routes: { 'GET /api/v1/namespaces/default/pods': { status: 400, body: status } } });
    expect(errors).toEqual(['Unable to find "/v1, Resource=pods" that match label selector "", field selector "a=b": no such field']);
  });
});

describe('files', () => {
  const yaml = (name: string, more = '') => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;

  test('documents and lists in order, in their namespaces', async () => {
    writeFileSync(join(cwd, 'a.yaml'), `${yaml('one')}---\n${yaml('two', '  namespace: own\n')}---\n# nothing\n---\n{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n","namespace":"x"}}]}\n`);
    const { names, errors } = await run({ filenames: ['a.yaml'] });
    expect(errors).toEqual([]);
    expect(names).toEqual(['default:configmap/one', 'own:configmap/two', ':namespace/n']);
  });

  test('directories: manifests by name, deeper ones with -R', async () => {
    mkdirSync(join(cwd, 'd/deep'), { recursive: true });
    for (const file of ['d/b.yml', 'd/a.json', 'd/deep/c.yaml']) writeFileSync(join(cwd, file), yaml(file.at(-6)!.replace('/', 'j')));
    writeFileSync(join(cwd, 'd/readme.txt'), 'no manifest');
    expect((await run({ filenames: ['d'] })).infos.map(({ source }) => source)).toEqual(['d/a.json', 'd/b.yml']);
    expect((await run({ filenames: ['d'], recursive: true })).infos.map(({ source }) => source)).toEqual(['d/a.json', 'd/b.yml', 'd/deep/c.yaml']);
    expect((await run({ filenames: ['d/*.yml'] })).infos.map(({ source }) => source)).toEqual(['d/b.yml']);
  });

  test('standard input', async () => {
    const { infos } = await run({ filenames: ['-'] }, { stdin: yaml('piped') });
    expect(infos.map(({ source, name }) => [source, name])).toEqual([['STDIN', 'piped']]);
  });

  test('a kustomization: what it builds, by kind, as one source', async () => {
    mkdirSync(join(cwd, 'k'));
    writeFileSync(join(cwd, 'k/kustomization.yaml'), 'namePrefix: p-\nresources: [a.yaml]\n');
    writeFileSync(join(cwd, 'k/a.yaml'), `${yaml('one')}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n`);
    const { infos, errors } = await run({ kustomize: 'k' });
    expect(infos.map(({ source, name }) => [source, name])).toEqual([['k', 'n'], ['k', 'p-one']]);
    expect(errors).toEqual([]);
    expect((await run({ kustomize: 'k', selector: 'a=b' })).infos).toEqual([]);
  });

  test('what is wrong with a kustomization is one error', async () => {
    expect((await run({ kustomize: '.' })).errors).toEqual([expect.stringMatching(/^unable to find one of 'kustomization.yaml'/)]);
  });

  test('what stands before a broken document is there', async () => {
    writeFileSync(join(cwd, 'a.yaml'), `${yaml('one')}---\na: b: c\n`);
    const { names, errors } = await run({ filenames: ['a.yaml'] });
    expect(names).toEqual(['default:configmap/one']);
    expect(errors).toEqual([expect.stringMatching(/^error parsing a\.yaml: .*mapping values are not allowed/)]);
  });

  test.each<[string, string, Partial<ResourceRequest>]>([
    ['apiVersion: v1\nkind: Nope\nmetadata: {name: x}\n', 'resource mapping not found for name: "x" namespace: "" from "f.yaml": no matches for kind "Nope" in version "v1"\nensure CRDs are installed first', {}],
    ['apiVersion: v1\nmetadata: {name: x}\n', 'unable to decode "f.yaml": Object \'Kind\' is missing in \'{"apiVersion":"v1","metadata":{"name":"x"}}\'', {}],
    [yaml('x', '  namespace: own\n'), 'the namespace from the provided object "own" does not match the namespace "given". You must pass \'--namespace=own\' to perform this operation.', { namespace: { name: 'given', explicit: true } }],
  ])('%j is an error of its own', async (text, message, request) => {
    writeFileSync(join(cwd, 'f.yaml'), text);
    expect((await run({ filenames: ['f.yaml'], ...request })).errors).toEqual([message]);
  });

  test.each<[Partial<ResourceRequest>, string]>([
    [{ filenames: ['nope.yaml'] }, 'the path "nope.yaml" does not exist'],
    [{ filenames: ['https://x/y.yaml'] }, 'https://x/y.yaml: manifests are not read from URLs'],
    [{ filenames: ['-', '-'] }, 'standard input cannot be used for multiple arguments'],
    [{ filenames: ['-'], kustomize: 'd' }, 'only one of -f or -k can be specified'],
    [{ recursive: true, kustomize: 'd' }, "the -k flag can't be used with -f or -R"],
    [{ kustomize: 'd', args: ['pods'] }, 'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well'],
    [{ filenames: ['-'], args: ['pods'] }, 'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well'],
    [{ filenames: ['-'], args: ['pod/x'] }, 'resource/name arguments cannot be provided when a path is specified'],
    [{ filenames: ['.'] }, 'error reading [.]: recognized file extensions are [.json .yaml .yml]'],
  ])('refuses %j', async (request, text) => {
    await expect(run(request)).rejects.toThrow(text);
  });
});
