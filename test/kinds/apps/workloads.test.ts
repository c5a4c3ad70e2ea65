import { controllerRevision } from '../../../src/kinds/apps/controllerrevision/kind';
import { daemonSet } from '../../../src/kinds/apps/daemonset/kind';
import { statefulSet } from '../../../src/kinds/apps/statefulset/kind';
import { podTemplate } from '../../../src/kinds/core/podtemplate/kind';
import { replicationController } from '../../../src/kinds/core/replicationcontroller/kind';
import { created, createErrors, defaulted, nowMs, texts, updateErrors } from '../create';
import { row, titles } from '../row';

const template = { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'db', image: 'redis' }] } };
const selector = { matchLabels: { app: 'db' } };
const spec = { selector, template };
const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };

describe('stateful set', () => {
  test('defaults', () => {
    const set = created(statefulSet, { spec: { ...spec, volumeClaimTemplates: [claim] } });
    expect(set).toMatchObject({
      spec: {
        replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady', updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' }, template: { spec: { restartPolicy: 'Always' } },
        volumeClaimTemplates: [{ spec: { volumeMode: 'Filesystem' }, status: { phase: 'Pending' } }],
      },
      status: { replicas: 0, availableReplicas: 0 },
    });
  });

  const mounting = { ...template, spec: { containers: [{ name: 'db', image: 'redis', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] } };

  test.each<[string, object, string[]]>([
    ['good', {}, []],
    ['a mount of a claim', { template: mounting, volumeClaimTemplates: [claim] }, []],
    ['a mount of nothing', { template: mounting }, ['spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"']],
    ['no selector', { selector: null }, ['spec.selector: Required value']],
    ['empty selector', { selector: {} }, ['spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for statefulset']],
    ['selector that finds others', { selector: { matchLabels: { app: 'x' } } }, ['spec.template.metadata.labels: Invalid value: map[string]string{"app":"db"}: `selector` does not match template `labels`']],
    ['management policy', { podManagementPolicy: 'Random' }, ["spec.podManagementPolicy: Invalid value: \"Random\": must be 'OrderedReady' or 'Parallel'"]],
    ['update strategy', { updateStrategy: { type: 'Sideways' } }, ["spec.updateStrategy: Invalid value: apps.StatefulSetUpdateStrategy{Type:\"Sideways\", RollingUpdate:(*apps.RollingUpdateStatefulSetStrategy)(nil)}: must be 'RollingUpdate' or 'OnDelete'"]],
    ['partition', { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: -1 } } }, ['spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0']],
    ['partition of what is not rolled', { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } }, ["spec.updateStrategy.rollingUpdate: Invalid value: apps.RollingUpdateStatefulSetStrategy{Partition:1, MaxUnavailable:(*intstr.IntOrString)(nil)}: only allowed for updateStrategy 'RollingUpdate'"]],
    ['retention', { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Burn' } }, ['spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Burn": supported values: "Delete", "Retain"']],
    ['counts', { replicas: -1, minReadySeconds: -2, ordinals: { start: -3 } }, ['replicas: Invalid value: -1', 'minReadySeconds: Invalid value: -2', 'ordinals.start: Invalid value: -3'].map((text) => `spec.${text}: must be greater than or equal to 0`)],
    ['pods that end', { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never', activeDeadlineSeconds: 1 } } }, [
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"', 'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported',
    ]],
  ])('%s', (_, more, expected) => expect(createErrors(statefulSet, { spec: { ...spec, ...more } })).toEqual(expected));

  test('a name is one label', () => expect(createErrors(statefulSet, { metadata: { name: 'a.b' }, spec })).toEqual(['metadata.name: Invalid value: "a.b": must not contain dots']));

  test.each<[string, object, boolean]>([
    ['size', { replicas: 3 }, true], ['template', { template: { ...template, spec: { containers: [{ name: 'db', image: 'redis:8' }] } } }, true],
    ['history', { revisionHistoryLimit: 1 }, true], ['service', { serviceName: 'x' }, false], ['claims', { volumeClaimTemplates: [claim] }, false],
  ])('an update may change: %s', (_, more, allowed) => expect(updateErrors(statefulSet, { spec }, { spec: { ...spec, ...more } })).toEqual(allowed ? [] : [
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
    + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  ]));

  test('counts of the status', () => {
    const set = { ...defaulted(statefulSet, { spec }), status: { replicas: 1, readyReplicas: 2, availableReplicas: -1 } };
    expect(texts(statefulSet.strategy.validateStatusUpdate!(set, set))).toEqual([
      'status.availableReplicas: Invalid value: -1: must be greater than or equal to 0', 'status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
    ]);
  });
});

describe('daemon set', () => {
  test('defaults', () => expect(created(daemonSet, { spec })).toMatchObject({
    metadata: { annotations: { 'deprecated.daemonset.template.generation': '1' } },
    spec: { revisionHistoryLimit: 10, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } } },
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  }));

  test.each<[string, object, string]>([['the template', { template: { ...template, metadata: { labels: { app: 'db', x: 'y' } } } }, '2'], ['anything else', { minReadySeconds: 5 }, '1']])(
    'counts its templates: a change of %s', (_, more, expected) => {
      const old = created(daemonSet, { spec });
      const next = defaulted(daemonSet, { spec: { ...spec, ...more } });
      daemonSet.strategy.prepareForUpdate!(next, old, { nowMs });
      expect(next.metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': expected });
    });

  test.each<[string, object, string[]]>([
    ['good', {}, []],
    ['on delete', { updateStrategy: { type: 'OnDelete' } }, []],
    ['unknown strategy', { updateStrategy: { type: 'X' } }, ['spec.updateStrategy: Unsupported value: apps.DaemonSetUpdateStrategy{Type:"X", RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}: supported values: "OnDelete", "RollingUpdate"']],
    ['no room', { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }, ['spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0']],
    ['both', { updateStrategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: '20%' } } }, ['spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "20%": may not be set when maxUnavailable is non-zero']],
    ['too much', { updateStrategy: { rollingUpdate: { maxUnavailable: '120%' } } }, ['spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: "120%": must not be greater than 100%']],
  ])('%s', (_, more, expected) => expect(createErrors(daemonSet, { spec: { ...spec, ...more } })).toEqual(expected));
});

test('controller revision', () => {
  expect(createErrors(controllerRevision, { revision: -1 })).toEqual(['data: Required value: data is mandatory', 'revision: Invalid value: -1: must be greater than or equal to 0']);
  expect(updateErrors(controllerRevision, { data: { a: 1 }, revision: 1 }, { data: { a: 1 }, revision: 2 })).toEqual([]);
  expect(updateErrors(controllerRevision, { data: { a: 1 }, revision: 1 }, { data: { a: 2 }, revision: 1 })).toEqual(['data: Invalid value: {"a":2}: field is immutable']);
});

describe('replication controller', () => {
  test('labels of the template are its own', () => expect(created(replicationController, { spec: { template } })).toMatchObject({
    metadata: { labels: { app: 'db' } }, spec: { replicas: 1, selector: { app: 'db' }, template: { spec: { dnsPolicy: 'ClusterFirst' } } }, status: { replicas: 0 },
  }));

  test.each<[string, object, string[]]>([
    ['good', { template }, []],
    ['no template', { selector: { a: 'b' } }, ['spec.template: Required value']],
    ['nothing to select', { template: { ...template, metadata: {} } }, ['spec.selector: Required value']],
    ['others', { template, selector: { a: 'b' } }, ['spec.template.metadata.labels: Invalid value: map[string]string{"app":"db"}: `selector` does not match template `labels`']],
  ])('%s', (_, more, expected) => expect(createErrors(replicationController, { spec: more })).toEqual(expected));
});

test('pod template: generation is that of the template', () => {
  expect(createErrors(podTemplate, { template })).toEqual([]);
  expect(createErrors(podTemplate, { template: {} })).toEqual(['template.spec.containers: Required value']);
  expect(podTemplate.strategy.generationOf!(defaulted(podTemplate, { template }))).toHaveProperty('spec');
});

test.each([
  [statefulSet, 'Ready, Age | Containers, Images', { spec: { ...spec, replicas: 3 }, status: { replicas: 3, readyReplicas: 2 } }, '2/3 60m | db redis'],
  [daemonSet, 'Desired, Current, Ready, Up-to-date, Available, Node Selector, Age | Containers, Images, Selector',
    { spec: { ...spec, template: { spec: { ...template.spec, nodeSelector: { b: '2', a: '1' } } } }, status: { desiredNumberScheduled: 5, currentNumberScheduled: 4, numberReady: 3, updatedNumberScheduled: 2, numberAvailable: 1 } }, '5 4 3 2 1 a=1,b=2 60m | db redis app=db'],
  [controllerRevision, 'Controller, Revision, Age', { metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'u', controller: true }] }, revision: 4 }, 'statefulset.apps/db 4 60m'],
  [controllerRevision, 'Controller, Revision, Age', { revision: 1 }, '<none> 1 60m'],
  [replicationController, 'Desired, Current, Ready, Age | Containers, Images, Selector', { spec: { replicas: 2, selector: { a: '1' }, template }, status: { replicas: 1 } }, '2 1 0 60m | db redis a=1'],
  [podTemplate, 'Containers, Images, Pod Labels', { template }, 'db redis app=db'],
] as const)('columns of %p', (kind, expected, object, cells) => {
  expect(titles(kind)).toBe(expected);
  expect(row(kind, object)).toBe(cells);
});
