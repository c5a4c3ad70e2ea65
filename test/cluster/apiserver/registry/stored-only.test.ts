import { horizontalPodAutoscaler } from '../../../../src/kinds/autoscaling/horizontalpodautoscaler/kind';
import { horizontalPodAutoscalerV1 } from '../../../../src/kinds/autoscaling/horizontalpodautoscaler-v1/kind';
import { testRegistry } from '../support/registry';
import { widget, widgetKind } from '../support/widget';

test('a create of what nothing acts on says so, an update does not', async () => {
  const kind = { ...widgetKind(), unenforced: true as const };
  const { registry, context, warnings, verbs } = await testRegistry([kind]);
  await verbs.createEntry(registry, kind, 'default', widget('a'), context);
  expect(warnings).toEqual(['Widget is stored, but this version of knarr does not act on it']);
  await verbs.putEntry(registry, kind, 'default', 'a', widget('a'), context);
  expect(warnings).toHaveLength(1);
});

test('what is written in one version is read in the other', async () => {
  const { registry, context, verbs } = await testRegistry();
  const spec = { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3, targetCPUUtilizationPercentage: 50 };
  await verbs.createEntry(registry, horizontalPodAutoscalerV1, 'default', { metadata: { name: 'a' }, spec }, context);
  const { object } = verbs.getEntry(registry, horizontalPodAutoscaler, 'default', 'a');
  expect(object).toMatchObject({ apiVersion: 'autoscaling/v2', spec: { minReplicas: 1, metrics: [{ resource: { target: { averageUtilization: 50 } } }] } });
  expect(verbs.getEntry(registry, horizontalPodAutoscalerV1, 'default', 'a').object).toMatchObject({ apiVersion: 'autoscaling/v1', spec });
});
