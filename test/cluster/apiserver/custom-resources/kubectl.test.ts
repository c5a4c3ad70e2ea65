import { createMemoryStore } from '../../../../src/cluster/store';
import { describeWithOracle } from '../../../support/oracle';
import { startServer, type TestServer } from '../support/server';
import { feeder, feederDefinition } from './manifests';

jest.setTimeout(60_000);

/** The real kubectl, from the definition of a kind to its end, with a restart of the server in between. */
describeWithOracle('custom resources through the real kubectl', () => {
  const store = createMemoryStore();
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer([], undefined, { store });
  });
  afterAll(async () => {
    await server.close();
    await store.close();
  });

  const run = async (args: string[], object?: unknown) => {
    const { code, stdout, stderr } = await server.kubectl(args, object === undefined ? undefined : JSON.stringify(object));
    return code === 0 ? stdout + stderr : `${code}: ${stderr}`;
  };

  test('defines a kind', async () => {
    expect(await run(['create', '-f', '-'], feederDefinition)).toBe('customresourcedefinition.apiextensions.k8s.io/feeders.farm.example.com created\n');
    expect(await run(['wait', '--for=condition=Established', 'crd/feeders.farm.example.com', '--timeout=10s'])).toMatch(/condition met/);
    expect(await run(['get', 'crd'])).toMatch(/^NAME {23}CREATED AT\nfeeders\.farm\.example\.com {3}20\S+Z\n$/);
    expect(await run(['get', 'crd', 'feeders.farm.example.com', '-o', 'jsonpath={.status.conditions[*].reason} {.status.storedVersions} {.spec.names.listKind} {.spec.names.singular}']))
      .toBe('NoConflicts InitialNamesAccepted ["v1"] FeederList feeder');
    expect(await run(['api-resources', '--api-group=farm.example.com', '--no-headers'])).toMatch(/^feeders +fd +farm\.example\.com\/v1 +true +Feeder\n$/);
  });

  test('explains it', async () => {
    expect(await run(['explain', 'feeder.spec.schedule'])).toBe('GROUP:      farm.example.com\nKIND:       Feeder\nVERSION:    v1\n\nFIELD: schedule <string>\n\n\nDESCRIPTION:\n    When to feed.\n    \n\n');
  });

  test('applies objects with defaults', async () => {
    expect(await run(['apply', '-f', '-'], feeder('a', { schedule: '* * * * *', meals: [{ name: 'noon' }], extra: { any: { thing: 1 } }, port: 'http' })))
      .toBe('feeder.farm.example.com/a created\n');
    expect(JSON.parse(await run(['get', 'fd', 'a', '-o', 'jsonpath={.spec}'])))
      .toEqual({ animal: 'cow', extra: { any: { thing: 1 } }, meals: [{ grams: 50, name: 'noon' }], port: 'http', replicas: 1, schedule: '* * * * *' });
    expect(await run(['apply', '-f', '-'], feeder('a', { schedule: '* * * * *', meals: [{ name: 'noon' }], extra: { any: { thing: 1 } }, port: 'http' })))
      .toBe('feeder.farm.example.com/a configured\n');
    expect(await run(['get', 'fd'])).toBe('NAME   SCHEDULE    REPLICAS   LAST\na      * * * * *   1          \n');
    expect(await run(['get', 'all', '-o', 'wide'])).toBe('NAME                        SCHEDULE    REPLICAS   LAST   ANIMAL\nfeeder.farm.example.com/a   * * * * *   1                 cow\n');
    expect(await run(['get', 'fd', '--field-selector', 'spec.animal=hen'])).toBe('No resources found in default namespace.\n');
    expect(await run(['get', 'fd', '--field-selector', 'spec.note=x'])).toBe('1: Error from server (BadRequest): Unable to find "farm.example.com/v1, Resource=feeders" that match label selector "", field selector "spec.note=x": field label not supported: spec.note\n');
  });

  test('says what is wrong with an object', async () => {
    expect(await run(['create', '-f', '-'], feeder('b', { schedule: '*', replicas: 11, animal: 'dog', note: 'too long', tags: ['x', 'x'], started: 'now' }))).toBe([
      '1: The Feeder "b" is invalid: ',
      '* spec.animal: Unsupported value: "dog": supported values: "cow", "hen"',
      '* spec.note: Too long: may not be more than 5 bytes',
      '* spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal to 10',
      '* spec.schedule: Invalid value: "*": spec.schedule in body should match \'^(\\S+ ){4}\\S+$\'',
      '* spec.started: Invalid value: "now": spec.started in body must be of type date-time: "now"',
      '* spec.tags[1]: Duplicate value: "x"', '',
    ].join('\n'));
    expect(await run(['create', '-f', '-'], feeder('b', {}))).toBe('1: The Feeder "b" is invalid: spec.schedule: Required value\n');
    expect(await run(['create', '-f', '-'], feeder('b', { schedule: '* * * * *', replicas: 'two' }))).toBe([
      '1: The Feeder "b" is invalid: ',
      '* spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string"',
      '* .spec.replicas: Invalid value: 0: .spec.replicas accessor error: two is of the type string, expected int64', '',
    ].join('\n'));
    expect(await run(['create', '-f', '-'], feeder('b', { schedule: '* * * * *', colour: 'red' })))
      .toBe('1: Error from server (BadRequest): error when creating "STDIN": Feeder in version "v1" cannot be handled as a Feeder: strict decoding error: unknown field "spec.colour"\n');
    expect(await run(['create', '--validate=warn', '-f', '-'], feeder('b', { schedule: '* * * * *', colour: 'red' }, { metadata: { name: 'b', owner: 'me' } })))
      .toBe('feeder.farm.example.com/b created\nWarning: unknown field "metadata.owner"\nWarning: unknown field "spec.colour"\n');
    expect(await run(['delete', 'fd', 'b'])).toBe('feeder.farm.example.com "b" deleted\n');
  });

  test('keeps spec and status apart, and scales', async () => {
    const generation = () => run(['get', 'fd', 'a', '-o', 'jsonpath={.metadata.generation}']);
    expect(await generation()).toBe('1');
    expect(await run(['patch', 'fd', 'a', '--type=merge', '-p', '{"status":{"replicas":3}}'])).toBe('feeder.farm.example.com/a patched (no change)\n');
    expect(await run(['patch', 'fd', 'a', '--subresource=status', '--type=merge', '-p', '{"status":{"replicas":3,"selector":"app=a"},"spec":{"replicas":7}}'])).toBe('feeder.farm.example.com/a patched\n');
    expect(await generation()).toBe('1');
    expect(await run(['scale', 'fd/a', '--replicas=2'])).toBe('feeder.farm.example.com/a scaled\n');
    expect(await generation()).toBe('2');
    expect(await run(['get', 'fd', 'a', '--subresource=scale', '-o', 'jsonpath={.spec.replicas} {.status}'])).toBe('2 {"replicas":3,"selector":"app=a"}');
    expect(await run(['patch', 'fd', 'a', '--subresource=status', '--type=merge', '-p', '{"status":{"replicas":"x"}}'])).toMatch(/status\.replicas: Invalid value: "string"/);
  });

  test('applies on the server', async () => {
    expect(await run(['apply', '--server-side', '-f', '-'], feeder('s', { schedule: '* * * * *', meals: [{ name: 'noon' }] }))).toBe('feeder.farm.example.com/s serverside-applied\n');
    expect(await run(['delete', 'fd', 's'])).toBe('feeder.farm.example.com "s" deleted\n');
  });

  test('serves it again after a restart', async () => {
    await server.close();
    server = await startServer([], undefined, { store });
    expect(await run(['get', 'feeders'])).toMatch(/^NAME {3}SCHEDULE {4}REPLICAS {3}LAST\na {6}\* \* \* \* \* {3}2 +\n$/);
    expect(await run(['apply', '-f', '-'], feeder('c', { schedule: '* * * * *' }))).toBe('feeder.farm.example.com/c created\n');
    expect(await run(['explain', 'feeder'])).toContain('A Feeder feeds animals.');
  });

  test('deletes objects with their definition', async () => {
    expect(await run(['delete', 'crd', 'feeders.farm.example.com'])).toBe('customresourcedefinition.apiextensions.k8s.io "feeders.farm.example.com" deleted\n');
    expect(store.list('farm.example.com/').entries).toEqual([]);
    expect(await run(['get', 'feeders.farm.example.com'])).toMatch(/^1: error: the server doesn't have a resource type|Error from server \(NotFound\): Unable to list/);
    expect(await run(['get', '--raw', '/apis/farm.example.com'])).toMatch(/^1: /);
    expect(server.log).toEqual([]);
  });
});
