import fc from 'fast-check';
import { jsonPatch, mergePatch, strategicMergePatch } from '../../../src/api/patch';
import { describeWithOracle, kubectl } from '../../support/oracle';

/** Runs per property; each costs a process. Raise it to search, as in KNARR_ORACLE_RUNS=2000 with another KNARR_ORACLE_SEED. */
const numRuns = Number(process.env.KNARR_ORACLE_RUNS ?? 20);
const seed = Number(process.env.KNARR_ORACLE_SEED ?? 1);

type Result = { object: unknown } | { error: string };

function theirs(document: unknown, type: string, patch: unknown): Result {
  const { stdout, stderr, code } = kubectl(['patch', '--local', '-f', '-', '--type', type, '-p', JSON.stringify(patch), '-o', 'json'], JSON.stringify(document));
  return code === 0 ? { object: JSON.parse(stdout) } : { error: stderr.trim().replace(/^error: /, '') };
}

function ours(apply: () => unknown): Result {
  try {
    return { object: apply() };
  } catch (error) {
    return { error: (error as Error).message.trim() };
  }
}

const optional = (fields: Record<string, fc.Arbitrary<unknown>>) => fc.record(fields, { requiredKeys: [] });
const name = fc.constantFrom('a', 'b', 'c', 'd');
const word = fc.constantFrom('x', 'y', 'z');

/** One object for each distinct key, as the API would have it. */
const named = (key: string, value: fc.Arbitrary<unknown>, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.uniqueArray(fc.tuple(value, optional(fields)).map(([id, rest]) => ({ [key]: id, ...(rest as object) }) as Record<string, unknown>),
    { maxLength: 4, selector: (item) => item[key] });

const directive = fc.constantFrom(undefined, undefined, undefined, undefined, 'delete', 'replace', 'merge', 'bogus');
const withDirectives = (list: fc.Arbitrary<Record<string, unknown>[]>) =>
  fc.tuple(list, fc.array(directive, { minLength: 4, maxLength: 4 })).map(([items, directives]) =>
    items.map((item, i) => (directives[i] ? { ...item, $patch: directives[i] } : item)));

const ports = named('containerPort', fc.constantFrom(80, 443, 53), { protocol: fc.constantFrom('TCP', 'UDP'), name: word });
const env = named('name', name, { value: word });
const liveContainer = { image: word, args: fc.array(word, { maxLength: 3 }), env, ports, resources: optional({ limits: optional({ cpu: word, memory: word }) }) };
const volume = { emptyDir: fc.constant({}), configMap: optional({ name: word }) };
const livePod = optional({
  containers: named('name', name, liveContainer),
  volumes: named('name', name, volume),
  nodeSelector: fc.dictionary(name, word, { maxKeys: 3 }),
  tolerations: fc.array(optional({ key: word, operator: word }), { maxLength: 2 }),
  hostname: word,
});
const live = optional({
  replicas: fc.nat(3), strategy: optional({ type: word, rollingUpdate: optional({ maxSurge: fc.nat(3) }) }), template: optional({ spec: livePod }),
});
const metadata = optional({ labels: fc.dictionary(name, word, { maxKeys: 3 }), finalizers: fc.uniqueArray(word, { maxLength: 3 }) });
const document = fc.record({ metadata, spec: live }).map((fields) => ({ apiVersion: 'apps/v1', kind: 'Deployment', ...fields,
  metadata: { name: 'd', ...(fields.metadata as object) } }));

const orNull = (value: fc.Arbitrary<unknown>) => fc.option(value, { freq: 6 });
const order = (key: string, value: fc.Arbitrary<unknown>) => fc.uniqueArray(value, { maxLength: 4 }).map((ids) => ids.map((id) => ({ [key]: id })));
const patchContainer = {
  image: orNull(word), args: orNull(fc.array(word, { maxLength: 2 })), env: withDirectives(env), ports: orNull(withDirectives(ports)),
  resources: orNull(optional({ limits: orNull(optional({ cpu: orNull(word), memory: word })) })),
  '$setElementOrder/env': order('name', name),
};
const strategicPatch = optional({
  metadata: optional({
    labels: orNull(fc.dictionary(name, orNull(word), { maxKeys: 2 })), finalizers: orNull(fc.uniqueArray(fc.constantFrom('x', 'y'), { maxLength: 2 })),
    '$deleteFromPrimitiveList/finalizers': fc.constantFrom(['z'], []), '$setElementOrder/finalizers': fc.uniqueArray(word, { maxLength: 3 }),
  }),
  spec: orNull(optional({
    replicas: orNull(fc.nat(3)),
    strategy: orNull(optional({ type: word, rollingUpdate: orNull(optional({ maxSurge: fc.nat(3) })), $retainKeys: fc.constantFrom(['type'], ['type', 'rollingUpdate']),
      $patch: directive })),
    template: optional({ spec: optional({
      containers: withDirectives(named('name', name, patchContainer)),
      '$setElementOrder/containers': order('name', name),
      volumes: withDirectives(named('name', name, { ...volume, emptyDir: fc.constantFrom({}, null), $retainKeys: fc.constantFrom(['name', 'emptyDir'], ['name', 'configMap']) })),
      nodeSelector: orNull(optional({ a: orNull(word), $patch: directive })),
      tolerations: fc.array(optional({ key: word }), { maxLength: 2 }),
      unknown: optional({ a: word }),
    }) }),
  })),
}).map((patch) => JSON.parse(JSON.stringify(patch)) as Record<string, unknown>);

/** Which of several faults Go meets first depends on the order of a map. */
const sameFault = new Set<string>();
function compare(mine: Result, real: Result): void {
  if ('error' in mine && 'error' in real && mine.error !== real.error) {
    sameFault.add(`${mine.error} | ${real.error}`);
    return;
  }
  expect(mine).toEqual(real);
}

afterAll(() => { if (process.env.KNARR_ORACLE_RUNS) process.stdout.write([...sameFault].join('\n') + '\n'); });

describeWithOracle('patches come out as the real kubectl has them', () => {
  test('strategic', () => {
    fc.assert(fc.property(document, strategicPatch, (doc, patch) => {
      compare(ours(() => strategicMergePatch(doc, patch, 'io.k8s.api.apps.v1.Deployment')), theirs(doc, 'strategic', patch));
    }), { numRuns, seed });
  }, 600_000);

  test('merge', () => {
    fc.assert(fc.property(document, strategicPatch, (doc, patch) => {
      expect(ours(() => mergePatch(doc, patch))).toEqual(theirs(doc, 'merge', patch));
    }), { numRuns, seed });
  }, 600_000);

  test('json', () => {
    const path = fc.array(fc.constantFrom('metadata', 'labels', 'spec', 'template', 'containers', '0', '1', '-1', '-', 'a', 'x~1y', '01', 'name'), { maxLength: 5 })
      .map((tokens) => tokens.map((token) => `/${token}`).join(''));
    const known = fc.constantFrom('/metadata/labels', '/spec/template/spec/containers/0', '/spec/template/spec/containers/-1', '/spec/replicas', '/metadata/labels/a',
      '/metadata/finalizers/-', '/metadata/finalizers/0', '/metadata/finalizers/-1', '/metadata/finalizers', '/metadata/finalizers/x', '/metadata/finalizers/9', 'name', '');
    const anyPath = fc.oneof({ weight: 3, arbitrary: known }, path);
    const operation = fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'bogus'), path: fc.oneof({ weight: 9, arbitrary: anyPath }, fc.constant(3)), from: anyPath,
      value: fc.constantFrom('x', { a: 'x' }, ['x'], null, 1),
    }, { requiredKeys: ['op'] });
    const withLists = document.map((doc) => ({ ...doc, metadata: { labels: { a: 'x' }, finalizers: ['x', 'y'], ...doc.metadata } }));
    fc.assert(fc.property(withLists, fc.array(operation, { minLength: 1, maxLength: 3 }), (doc, patch) => {
      const mine = ours(() => jsonPatch(doc, patch));
      const real = theirs(doc, 'json', patch);
      // Some make the real one panic, some leave nothing that it would print.
      if ('error' in real && /^panic|missing field|must match|Object 'Kind'|cannot be handled|unmarshal/.test(real.error)) return;
      expect(mine).toEqual(real);
    }), { numRuns, seed });
  }, 600_000);
});
