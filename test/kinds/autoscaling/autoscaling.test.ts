import { horizontalPodAutoscalerV1 } from '../../../src/kinds/autoscaling/horizontalpodautoscaler-v1/kind';
import { autoscalerConversion } from '../../../src/kinds/autoscaling/horizontalpodautoscaler-v1/conversion';
import { horizontalPodAutoscaler } from '../../../src/kinds/autoscaling/horizontalpodautoscaler/kind';
import { kinds } from '../../../src/kinds/index';
import { created, createErrors, defaulted } from '../create';
import { row, titles } from '../row';

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const spec = { scaleTargetRef, maxReplicas: 3 };
const memory = { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } } };
const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } };

test('defaults', () => {
  expect(created(horizontalPodAutoscaler, { spec: { ...spec, behavior: { scaleDown: { stabilizationWindowSeconds: 5 } } } })).toMatchObject({
    spec: {
      minReplicas: 1, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
      behavior: { scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max' }, scaleDown: { stabilizationWindowSeconds: 5, policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] } },
    },
    status: { desiredReplicas: 0 },
  });
});

test.each<[string, object, string[]]>([
  ['good', { metrics: [memory] }, []],
  ['no target', { scaleTargetRef: {} }, ['spec.scaleTargetRef.kind: Required value', 'spec.scaleTargetRef.name: Required value']],
  ['bounds', { minReplicas: 5 }, ['spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`']],
  ['nothing at all', { minReplicas: 0, maxReplicas: 0 }, ['spec.minReplicas: Invalid value: 0: must be greater than or equal to 1', 'spec.maxReplicas: Invalid value: 0: must be greater than 0']],
  ['source missing', { metrics: [{ type: 'Pods' }] }, ['spec.metrics[0].pods: Required value: must populate information for the given metric source']],
  ['two sources', { metrics: [{ ...memory, pods: { metric: { name: 'x' }, target: { type: 'AverageValue', averageValue: '1' } } }] }, ['spec.metrics[0].pods: Forbidden: must populate the given metric source only']],
  ['no amount', { metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } }] }, ['spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization']],
  ['policies', { behavior: { scaleUp: { policies: [{ type: 'X', value: 0, periodSeconds: 1801 }] } } }, [
    'spec.behavior.scaleUp.policies[0].type: Unsupported value: "X": supported values: "Percent", "Pods"', 'spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero',
    'spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to 1800',
  ]],
])('%s', (_, more, expected) => expect(createErrors(horizontalPodAutoscaler, { spec: { ...spec, ...more } })).toEqual(expected));

const identifier = { name: 'm', selector: { matchLabels: { a: 'b' } } };
const described = { kind: 'Ingress', name: 'web' };
const everything = {
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'a', namespace: 'default', annotations: { mine: '1' } },
  spec: {
    ...spec, minReplicas: 2, behavior: { scaleDown: { selectPolicy: 'Min', policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
    metrics: [
      memory, { type: 'Pods', pods: { metric: identifier, target: { type: 'AverageValue', averageValue: '1k' } } },
      { type: 'Object', object: { metric: { name: 'm' }, describedObject: described, target: { type: 'Value', value: '2' } } },
      { type: 'External', external: { metric: identifier, target: { type: 'AverageValue', averageValue: '3' } } },
      { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'c', target: { type: 'Utilization', averageUtilization: 5 } } }, cpu,
    ],
  },
  status: {
    observedGeneration: 1, lastScaleTime: '2026-01-31T11:00:00Z', currentReplicas: 2, desiredReplicas: 3, conditions: [{ type: 'AbleToScale', status: 'True' }],
    currentMetrics: [
      { type: 'Resource', resource: { name: 'cpu', current: { averageValue: '1', averageUtilization: 12 } } }, { type: 'Pods', pods: { metric: identifier, current: { averageValue: '5' } } },
      { type: 'Object', object: { metric: { name: 'm' }, describedObject: described, current: { value: '2' } } }, { type: 'External', external: { metric: identifier, current: { value: '7' } } },
    ],
  },
};

test('v1 keeps in annotations what it has no field for, and gives it back', () => {
  const older = autoscalerConversion.fromStored(everything);
  expect(older).toMatchObject({
    apiVersion: 'autoscaling/v1', spec: { targetCPUUtilizationPercentage: 60, minReplicas: 2 }, status: { currentReplicas: 2, desiredReplicas: 3, currentCPUUtilizationPercentage: 12 },
    metadata: { annotations: { mine: '1', 'autoscaling.alpha.kubernetes.io/behavior': '{"ScaleDown":{"SelectPolicy":"Min","Policies":[{"Type":"Pods","Value":1,"PeriodSeconds":60}]}}' } },
  });
  expect(JSON.parse(older.metadata.annotations!['autoscaling.alpha.kubernetes.io/metrics']!)[0]).toEqual({ type: 'Resource', resource: { name: 'memory', targetAverageValue: '1Gi' } });
  expect(autoscalerConversion.toStored(older)).toEqual(everything);
});

test('v1 alone', () => {
  const older = created(horizontalPodAutoscalerV1, { spec: { ...spec, targetCPUUtilizationPercentage: 50 } });
  expect(autoscalerConversion.toStored(older).spec!.metrics).toEqual([{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }]);
  expect(createErrors(horizontalPodAutoscalerV1, { spec: { scaleTargetRef, maxReplicas: 0 } })).toContain('spec.maxReplicas: Invalid value: 0: must be greater than 0');
  expect(row(horizontalPodAutoscalerV1, older)).toBe('Deployment/web cpu: <unknown>/50% 1 3 0 <unknown>');
});

test('the version that is stored comes first', () => {
  const versions = kinds.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(({ version }) => version);
  expect(versions).toEqual(['v2', 'v1']);
});

test('columns', () => {
  expect(titles(horizontalPodAutoscaler)).toBe('Reference, Targets, MinPods, MaxPods, Replicas, Age');
  expect(row(horizontalPodAutoscaler, { ...everything, metadata: {} })).toBe('Deployment/web memory: 1/1Gi, 5/1k + 4 more... 2 3 2 60m');
  expect(row(horizontalPodAutoscaler, { ...defaulted(horizontalPodAutoscaler, { spec }), metadata: {}, status: null })).toBe('Deployment/web cpu: <unknown>/80% 1 3 0 60m');
});
