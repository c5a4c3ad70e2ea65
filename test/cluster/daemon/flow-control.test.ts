import type { FlowSchema, PriorityLevelConfiguration } from '../../../src/api/generated/flowcontrol.v1';
import { ensureFlowControl } from '../../../src/cluster/daemon/bootstrap/flow-control';
import { flowSchemas, priorityLevelConfigurations as levels } from '../../../src/kinds/resources';
import { testRegistry } from '../apiserver/support/registry';

const autoUpdate = 'apf.kubernetes.io/autoupdate-spec';

async function started() {
  const { client, store } = await testRegistry();
  await ensureFlowControl(client);
  return { client, store };
}

test('the defaults are made once', async () => {
  const { client, store } = await started();
  expect((await client.list(flowSchemas)).items).toHaveLength(13);
  expect((await client.list(levels)).items).toHaveLength(8);
  const { revision } = store;
  await ensureFlowControl(client);
  expect(store.revision).toBe(revision);
});

test('a change that somebody made his own stays, others are undone, what is gone comes back', async () => {
  const { client } = await started();
  const change = async (name: string, annotation: string) => {
    const schema = await client.get<FlowSchema>(flowSchemas, name);
    await client.update(flowSchemas, { ...schema, metadata: { ...schema.metadata, annotations: { [autoUpdate]: annotation } }, spec: { ...schema.spec, matchingPrecedence: 77 } });
  };
  await change('probes', 'false');
  await change('global-default', 'true');
  await client.delete(levels, 'system');
  await ensureFlowControl(client);
  expect((await client.get<FlowSchema>(flowSchemas, 'probes')).spec?.matchingPrecedence).toBe(77);
  expect((await client.get<FlowSchema>(flowSchemas, 'global-default')).spec?.matchingPrecedence).toBe(9900);
  expect((await client.get<PriorityLevelConfiguration>(levels, 'system')).spec?.limited?.nominalConcurrencyShares).toBe(30);
});

test('how the exempt level lends stays as it was set', async () => {
  const { client } = await started();
  const exempt = await client.get<PriorityLevelConfiguration>(levels, 'exempt');
  await client.update(levels, { ...exempt, spec: { type: 'Exempt', exempt: { nominalConcurrencyShares: 3, lendablePercent: 50 } } });
  await ensureFlowControl(client);
  expect((await client.get<PriorityLevelConfiguration>(levels, 'exempt')).spec?.exempt).toEqual({ nominalConcurrencyShares: 3, lendablePercent: 50 });
});
