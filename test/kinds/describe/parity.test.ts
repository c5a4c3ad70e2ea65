import { parseGroupVersion } from '../../../src/api/meta';
import { describerFor } from '../../../src/kinds/describers';
import { kinds } from '../../../src/kinds/index';
import { describeWithOracle } from '../../support/oracle';
import { certificateFixtures } from './certificate-fixtures';
import { fixtures as firstFixtures } from './fixtures';
import { moreFixtures } from './more-fixtures';
import { kubectlDescribe, ownDescribe, StaticServer } from './static-server';
import { workloadFixtures } from './workload-fixtures';

const fixtures = [...firstFixtures, ...workloadFixtures, ...moreFixtures, ...certificateFixtures];

describeWithOracle('descriptions are those of kubectl', () => {
  const server = new StaticServer();
  server.objects = fixtures;
  let url: string;
  beforeAll(async () => {
    url = await server.start();
  });
  afterAll(() => server.stop());

  test.each(fixtures.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))('%s', async (_, object) => {
    const { group } = parseGroupVersion(object.apiVersion!);
    const kind = kinds.find((one) => one.group === group && one.kind === object.kind)!;
    const describe = describerFor({ group, kind: object.kind! });
    const namespace = object.metadata.namespace ? ['-n', object.metadata.namespace] : [];
    const resource = group ? `${kind.plural}.${kind.version}.${group}` : kind.plural;
    const before = ownDescribe(server, describe, object, Date.now());
    const expected = await kubectlDescribe(url, [resource, object.metadata.name, ...namespace]);
    // Ages may step on while kubectl runs.
    const own = before === expected ? before : ownDescribe(server, describe, object, Date.now());
    expect(own).toBe(expected);
  });

  test('without events', async () => {
    const object = fixtures.find(({ kind }) => kind === 'Deployment')!;
    const expected = await kubectlDescribe(url, ['deployments', 'web', '--show-events=false', '-n', 'default']);
    expect(ownDescribe(server, describerFor({ group: 'apps', kind: 'Deployment' }), object, Date.now(), false)).toBe(expected);
  });
});
