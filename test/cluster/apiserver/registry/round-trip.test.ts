import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normalise } from '../../../../src/api/decode';
import { groupVersion, type KubeObject, type Unstructured } from '../../../../src/api/meta';
import { decodeProtobuf, encodeProtobuf } from '../../../../src/api/protobuf';
import { parseYaml } from '../../../../src/api/yaml';
import { openDiskStore, type Store } from '../../../../src/cluster/store';
import { kinds as stable } from '../../../../src/kinds';
import { betaKinds } from '../../../../src/kinds/beta';
import type { Kind } from '../../../../src/kinds/kind';
import { legacyKinds } from '../../../../src/kinds/legacy';
import { objects } from '../../../support/generated-objects';
import { startServer, type TestServer } from '../support/server';

jest.setTimeout(60_000);

/**
 * The kind under a resource of its own, where no rule of any kind looks at what is written: values are made up, and all of
 * them have to come back. Every other part of the way is that of the kind itself.
 */
function unruled(kind: Kind): Kind {
  const { conversion: _, storedAs: __, selectableFields: ___, deprecation: ____, unenforced: _____, ...rest } = kind;
  return { ...rest, plural: `${kind.plural}-${kind.version}`, verbs: ['create', 'get'], strategy: { generationOf: () => undefined }, columns: [] };
}

const kinds = [...stable, ...betaKinds, ...legacyKinds].filter(({ definition }) => !definition).map(unruled);

/** With every field set; its metadata is what the server lets through. */
function populated(kind: Kind): KubeObject {
  const [generated] = fc.sample(objects({ full: true, text: fc.string({ minLength: 1, maxLength: 12 }) })(kind.schema), { numRuns: 1, seed: 7 }) as [Record<string, unknown>];
  const metadata = {
    name: 'whole', ...(kind.namespaced && { namespace: 'default' }), labels: { 'example.com/a': 'b' }, annotations: { note: 'a "quoted"\nünïcode 🚢 text' }, finalizers: ['example.com/keep'],
    ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'owner', uid: '1', controller: true, blockOwnerDeletion: false }],
  };
  return normalise({ ...generated, apiVersion: groupVersion(kind), kind: kind.kind, metadata }, kind.schema) as KubeObject;
}

/** Without what the server adds. */
function sent(object: Unstructured | KubeObject): object {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, managedFields: ____, generation: _____, ...metadata } = object.metadata;
  return { ...object, metadata };
}

const protobuf = 'application/vnd.kubernetes.protobuf';
const pathOf = (kind: Kind) => `/${kind.group ? 'apis' : 'api'}/${groupVersion(kind)}/${kind.namespaced ? 'namespaces/default/' : ''}${kind.plural}`;

describe('an object with every field set comes back whole from the server and from its disk', () => {
  const directory = mkdtempSync(join(tmpdir(), 'knarr-lossless-'));
  const stored = new Map<string, object>();
  let store: Store;
  let server: TestServer;
  beforeAll(async () => {
    store = await openDiskStore(directory);
    server = await startServer(kinds, undefined, { store });
  });
  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const get = (kind: Kind, name: string, accept: string) => server.ask(`${pathOf(kind)}/${name}`, { headers: { accept } });
  const create = (kind: Kind, contentType: string, body: string | Buffer) => server.ask(`${pathOf(kind)}?fieldValidation=Strict`, { method: 'POST', body, headers: { 'content-type': contentType, accept: protobuf } });

  test.each(kinds.map((kind) => [`${groupVersion(kind)} ${kind.kind}`, kind] as const))('%s', async (_, kind) => {
    const object = populated(kind);
    const created = await create(kind, 'application/json', JSON.stringify(object));
    expect(created.code === 201 ? '' : created.text).toBe('');
    expect(sent(decodeProtobuf(created.body).object as Unstructured)).toEqual(sent(object));
    expect(sent((await get(kind, 'whole', 'application/json')).json as Unstructured)).toEqual(sent(object));
    expect(sent(normalise(parseYaml((await get(kind, 'whole', 'application/yaml')).text)[0], kind.schema))).toEqual(sent(object));
    const again = { ...object, metadata: { ...object.metadata, name: 'again' } };
    expect((await create(kind, protobuf, encodeProtobuf(again as never, kind.schema))).code).toBe(201);
    const read = (await get(kind, 'again', 'application/json')).json as Unstructured;
    expect(sent(read)).toEqual(sent(again));
    stored.set(`${kind.group}/${kind.plural}/${kind.namespaced ? 'default/' : ''}again`, read);
  });

  test('what a server finds after a restart is what was written', async () => {
    await store.close();
    store = await openDiskStore(directory);
    expect(stored.size).toBeGreaterThan(60);
    for (const [key, object] of stored) expect(store.get(key)?.object).toEqual(object);
  });
});
