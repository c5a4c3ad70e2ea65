import { describeWithOracle } from '../../support/oracle';
import { startServer, type TestServer } from './support/server';

// Several processes a test, and other tests beside them.

const configMap = (data: object, name = 'conf') => JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const times = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

describeWithOracle('server-side apply by the real kubectl', () => {
  let server: TestServer;
  beforeAll(async () => { server = await startServer(); });
  afterAll(() => server.close());

  const run = (args: string[], stdin?: string) => server.kubectl(args, stdin);
  const ok = async (args: string[], stdin?: string) => {
    const { code, stdout, stderr } = await run(args, stdin);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const managers = (name: string) => ok(['get', 'cm', name, '--show-managed-fields', '-o', 'jsonpath={range .metadata.managedFields[*]}{.manager} {.operation} {.fieldsV1}{"\\n"}{end}']);

  test('a second manager, a conflict, force', async () => {
    expect(await ok(['apply', '--server-side', '-f', '-'], configMap({ a: '1', b: '1' }))).toBe('configmap/conf serverside-applied\n');
    expect(await ok(['apply', '--server-side', '--field-manager=other', '-f', '-'], configMap({ a: '1', c: '1' }))).toBe('configmap/conf serverside-applied\n');
    expect(await run(['apply', '--server-side', '--field-manager=other', '-f', '-'], configMap({ a: '1', b: '2' }))).toEqual({
      code: 1, stdout: '', stderr: 'error: Apply failed with 1 conflict: conflict with "kubectl": .data.b\n'
        + 'Please review the fields above--they currently have other managers. Here\nare the ways you can resolve this warning:\n'
        + '* If you intend to manage all of these fields, please re-run the apply\n  command with the `--force-conflicts` flag.\n'
        + '* If you do not intend to manage all of the fields, please edit your\n  manifest to remove references to the fields that should keep their\n  current managers.\n'
        + '* You may co-own fields by updating your manifest to match the existing\n  value; in this case, you\'ll become the manager if the other manager(s)\n  stop managing the field (remove it from their configuration).\n'
        + 'See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts\n',
    });
    expect(await ok(['apply', '--server-side', '--force-conflicts', '--field-manager=other', '-f', '-'], configMap({ a: '1', b: '2' }))).toBe('configmap/conf serverside-applied\n');
    expect(await managers('conf')).toBe('kubectl Apply {"f:data":{"f:a":{}}}\nother Apply {"f:data":{"f:a":{},"f:b":{}}}\n');
    expect(await ok(['get', 'cm', 'conf', '-o', 'jsonpath={.data}'])).toBe('{"a":"1","b":"2"}');
  });

  test('the yaml shows managers when asked to', async () => {
    await ok(['apply', '--server-side', '-f', '-'], configMap({ a: '1' }, 'shown'));
    expect(await ok(['get', 'cm', 'shown', '-o', 'yaml'])).not.toContain('managedFields');
    expect((await ok(['get', 'cm', 'shown', '-o', 'yaml', '--show-managed-fields'])).replace(times, 'TIME')).toContain(
      '  managedFields:\n  - apiVersion: v1\n    fieldsType: FieldsV1\n    fieldsV1:\n      f:data:\n        f:a: {}\n    manager: kubectl\n    operation: Apply\n    time: "TIME"\n  name: shown\n');
  });

  test('client-side apply becomes server-side apply', async () => {
    expect(await ok(['apply', '-f', '-'], configMap({ a: '1', b: '1' }, 'moved'))).toBe('configmap/moved created\n');
    expect(await managers('moved')).toMatch(/^kubectl-client-side-apply Update \{"f:data":\{"\.":\{\},"f:a":\{\},"f:b":\{\}\},"f:metadata":\{"f:annotations":\{"\.":\{\},"f:kubectl\.kubernetes\.io\/last-applied-configuration":\{\}\}\}\}\n$/);
    expect(await ok(['apply', '--server-side', '-f', '-'], configMap({ a: '2' }, 'moved'))).toBe('configmap/moved serverside-applied\n');
    expect((await managers('moved')).split('\n').sort()).toEqual(['', 'kubectl Apply {"f:data":{"f:a":{}}}',
      'kubectl-last-applied Apply {"f:metadata":{"f:annotations":{"f:kubectl.kubernetes.io/last-applied-configuration":{}}}}']);
    expect(await ok(['get', 'cm', 'moved', '-o', 'jsonpath={.data}'])).toBe('{"a":"2"}');
  });

  test('other commands are managers, each under its name', async () => {
    await ok(['create', 'deployment', 'app', '--image=x', '--replicas=2']);
    await ok(['label', 'deployment', 'app', 'x=y']);
    await ok(['scale', 'deployment', 'app', '--replicas=3']);
    await ok(['set', 'image', 'deployment/app', 'x=z']);
    const shown = await ok(['get', 'deployment', 'app', '--show-managed-fields', '-o', 'jsonpath={range .metadata.managedFields[*]}{.manager} {.operation} {.subresource}{"\\n"}{end}']);
    expect(shown.split('\n').sort()).toEqual(['', 'kubectl Update scale', 'kubectl-create Update ', 'kubectl-label Update ', 'kubectl-set Update ']);
    const applied = JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec: { replicas: 5 } });
    expect((await run(['apply', '--server-side', '-f', '-'], applied)).stderr).toMatch(/^error: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps\/v1: \.spec\.replicas\n/);
  });

  test('names what does not fit', async () => {
    expect(await run(['apply', '--server-side', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bad', namespace: 'default' }, foo: 1 })))
      .toEqual({ code: 1, stdout: '', stderr: 'Error from server: failed to create typed patch object (default/bad; /v1, Kind=ConfigMap): .foo: field not declared in schema\n' });
  });
});
