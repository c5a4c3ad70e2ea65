import { deployment } from '../../src/kinds/apps/deployment/kind';
import { replicaSet } from '../../src/kinds/apps/replicaset/kind';
import { lease } from '../../src/kinds/coordination.k8s.io/lease/kind';
import { configMap } from '../../src/kinds/core/configmap/kind';
import { endpoints } from '../../src/kinds/core/endpoints/kind';
import { event } from '../../src/kinds/core/event/kind';
import { namespace } from '../../src/kinds/core/namespace/kind';
import { node } from '../../src/kinds/core/node/kind';
import { persistentVolumeClaim } from '../../src/kinds/core/persistentvolumeclaim/kind';
import { pod } from '../../src/kinds/core/pod/kind';
import { secret } from '../../src/kinds/core/secret/kind';
import { service } from '../../src/kinds/core/service/kind';
import { endpointSlice } from '../../src/kinds/discovery.k8s.io/endpointslice/kind';
import { eventsEvent } from '../../src/kinds/events.k8s.io/event/kind';
import { conversion } from '../../src/kinds/events.k8s.io/event/conversion';
import { kinds } from '../../src/kinds/index';
import { created, createErrors, defaulted, updateErrors } from './create';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
const workload = { replicas: 1, selector: { matchLabels: { app: 'web' } }, template };

describe('deployment', () => {
  test('defaults', () => {
    expect(defaulted(deployment, { spec: { selector: workload.selector, template } }).spec).toMatchObject({
      replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      template: { spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30 } },
    });
  });

  test.each<[string, object, string[]]>([
    ['good', {}, []],
    ['selector that finds others', { selector: { matchLabels: { app: 'b' } } }, ['spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: `selector` does not match template `labels`']],
    ['no selector', { selector: null }, ['spec.selector: Required value']],
    ['empty selector', { selector: {} }, ['spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment']],
    ['negative replicas', { replicas: -1 }, ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
    ['no containers', { template: { ...template, spec: {} } }, ['spec.template.spec.containers: Required value']],
    ['pods that end', { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } }, ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"']],
    ['no room to roll', { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }, ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0']],
    ['recreate with rolling settings', { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }, ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]],
    ['deadline before readiness', { minReadySeconds: 700 }, ['spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds']],
  ])('%s', (_, spec, expected) => expect(createErrors(deployment, { spec: { ...workload, ...spec } })).toEqual(expected));

  test('the selector stays', () => {
    expect(updateErrors(deployment, { spec: workload }, { spec: { ...workload, selector: { matchLabels: { app: 'b' } } } })).toEqual([
      'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"b"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
    ]);
  });

  test('a change of annotations counts as a new generation', () => {
    const generation = (annotations: object) => deployment.strategy.generationOf!(defaulted(deployment, { metadata: { annotations }, spec: workload }));
    expect(generation({ a: '1' })).not.toEqual(generation({ a: '2' }));
  });

  test('warns of a name that is no label', () => {
    const dotted = defaulted(deployment, { metadata: { name: 'a.b' }, spec: workload });
    expect(deployment.strategy.warnings!(dotted)).toEqual([
      'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]',
    ]);
  });
});

test('replica set: a status from the start, and no client may set one', () => {
  expect(created(replicaSet, { spec: workload, status: { replicas: 9 } }).status).toEqual({ replicas: 0 });
});

describe('service', () => {
  const ports = [{ port: 80 }];
  test('defaults', () => {
    expect(defaulted(service, { spec: { ports, type: 'NodePort' } }).spec).toMatchObject({
      type: 'NodePort', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', externalTrafficPolicy: 'Cluster', ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
    });
    expect(defaulted(service, { spec: { ports } }).spec.externalTrafficPolicy).toBeUndefined();
    expect(defaulted(service, { spec: { ports, type: 'LoadBalancer' } }).spec.allocateLoadBalancerNodePorts).toBe(true);
    expect(defaulted(service, { spec: { ports, sessionAffinity: 'ClientIP' } }).spec.sessionAffinityConfig).toEqual({ clientIP: { timeoutSeconds: 10800 } });
  });

  test.each<[string, object, string[]]>([
    ['good', { ports }, []],
    ['no ports', {}, ['spec.ports: Required value']],
    ['headless without ports', { clusterIP: 'None', clusterIPs: ['None'] }, []],
    ['names needed', { ports: [{ port: 80, name: 'a' }, { port: 81 }] }, ['spec.ports[1].name: Required value']],
    ['a port twice', { ports: [{ port: 80, name: 'a' }, { port: 80, name: 'b' }] }, ['spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}']],
    ['node port of a cluster ip', { ports: [{ port: 80, nodePort: 30000 }] }, ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"]],
    ['unknown type', { ports, type: 'Magic' }, ['spec.type: Unsupported value: "Magic": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"']],
    ['external name missing', { type: 'ExternalName' }, ['spec.externalName: Required value']],
    ['a cluster IP of an external name', { type: 'ExternalName', externalName: 'example.com', clusterIP: '10.96.7.7' }, ['spec.clusterIPs: Forbidden: may not be set for ExternalName services']],
    ['not an address', { ports, clusterIP: 'x', clusterIPs: ['x'] }, ['spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
    ['policy on a cluster ip', { ports, externalTrafficPolicy: 'Local' }, ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services']],
  ])('%s', (_, spec, expected) => expect(createErrors(service, { spec })).toEqual(expected));

  test('a name is a DNS label that begins with a letter', () => {
    expect(createErrors(service, { metadata: { name: '1web' }, spec: { ports } })[0]).toContain('metadata.name: Invalid value: "1web": a DNS-1035 label must consist of');
  });

  const stored = (spec: object) => defaulted(service, { spec: { ports, clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'], ...spec } });

  test('the address stays', () => {
    const moved = stored({ clusterIP: '10.96.0.2', clusterIPs: ['10.96.0.2'] });
    expect(service.strategy.validateUpdate!(moved, stored({})).map(({ field, message }) => `${field}: ${message}`))
      .toEqual(['spec.clusterIPs[0]: Invalid value: []string{"10.96.0.2"}: may not change once set']);
  });

  test('a change of type drops what no longer fits', () => {
    const before = stored({ type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] });
    const after = structuredClone(before);
    after.spec.type = 'ClusterIP';
    service.strategy.prepareForUpdate!(after, before, { nowMs: 0 });
    expect(after.spec).not.toHaveProperty('externalTrafficPolicy');
    expect(after.spec.ports![0]).not.toHaveProperty('nodePort');
    expect(service.strategy.validate!(after)).toEqual([]);
  });
});

describe('secret and config map', () => {
  test('stringData becomes data and wins', () => {
    expect(defaulted(secret, { data: { a: 'b2xk', b: 'Yg==' }, stringData: { a: 'new' } })).toMatchObject({ type: 'Opaque', data: { a: 'bmV3', b: 'Yg==' } });
    expect(defaulted(secret, { stringData: { a: '' } })).not.toHaveProperty('stringData');
  });

  test.each<[string, object, string[]]>([
    ['tls without a key', { type: 'kubernetes.io/tls', data: { 'tls.crt': '' } }, ['data[tls.key]: Required value']],
    ['registry credentials', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'eA==' } }, ['data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character \'x\' looking for beginning of value']],
    ['basic auth', { type: 'kubernetes.io/basic-auth' }, ['data[username]: Required value', 'data[password]: Required value']],
    ['too much', { data: { a: Buffer.alloc(1024 * 1024 + 1).toString('base64') } }, ['data: Too long: may not be more than 1048576 bytes']],
    ['bad key', { data: { 'a/b': '' } }, ["data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"]],
  ])('secret: %s', (_, object, expected) => expect(createErrors(secret, { ...object })).toEqual(expected));

  test('types and frozen data stay', () => {
    expect(updateErrors(secret, { type: 'a' }, { type: 'b' })).toEqual(['type: Invalid value: "b": field is immutable']);
    expect(updateErrors(configMap, { immutable: true, data: { a: '1' } }, { immutable: true, data: { a: '2' } })).toEqual(['data: Forbidden: field is immutable when `immutable` is set']);
    expect(updateErrors(configMap, { immutable: true }, {})).toEqual(['immutable: Forbidden: field is immutable when `immutable` is set']);
  });

  test('config map keys', () => {
    expect(createErrors(configMap, { data: { a: '1' }, binaryData: { a: 'AA==' } })).toEqual(['data[a]: Invalid value: "a": duplicate of key present in binaryData']);
    expect(createErrors(configMap, { data: { a: 'x'.repeat(1024 * 1024 + 1) } })).toEqual([': Too long: may not be more than 1048576 bytes']);
  });
});

describe('claim', () => {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  test('defaults', () => expect(created(persistentVolumeClaim, { spec })).toMatchObject({ spec: { volumeMode: 'Filesystem' }, status: { phase: 'Pending' } }));

  test.each<[string, object, string[]]>([
    ['nothing said', {}, ['spec.accessModes: Required value: at least 1 access mode is required', 'spec.resources[storage]: Required value']],
    ['no space', { ...spec, resources: { requests: { storage: '0' } } }, ['spec.resources[storage]: Invalid value: "0": must be greater than zero']],
    ['unknown mode', { ...spec, accessModes: ['X'] }, ['spec.accessModes: Unsupported value: "X": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"']],
  ])('%s', (_, bad, expected) => expect(createErrors(persistentVolumeClaim, { spec: bad })).toEqual(expected));

  test('the spec stays, but may get its volume', () => {
    expect(updateErrors(persistentVolumeClaim, { spec }, { spec: { ...spec, volumeName: 'v' } })).toEqual([]);
    expect(updateErrors(persistentVolumeClaim, { spec }, { spec: { ...spec, accessModes: ['ReadOnlyMany'] } })).toEqual([
      'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n-\taccessModes[0]: "ReadWriteOnce"\n+\taccessModes[0]: "ReadOnlyMany"\n',
    ]);
  });
});

describe('namespace', () => {
  test('gets its label, finalizer and phase', () => {
    expect(created(namespace, {})).toMatchObject({ metadata: { labels: { 'kubernetes.io/metadata.name': 'a' } }, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } });
  });
  test('its name is a label', () => expect(createErrors(namespace, { metadata: { name: 'a.b' } })).toEqual(['metadata.name: Invalid value: "a.b": must not contain dots']));
});

test('node: allocatable is the capacity, taints are unique', () => {
  expect(defaulted(node, { status: { capacity: { cpu: '2' } } }).status!.allocatable).toEqual({ cpu: '2' });
  const taints = [{ key: 'a', effect: 'NoSchedule' }, { key: 'a', effect: 'NoSchedule' }];
  expect(createErrors(node, { spec: { taints } })[0]).toContain('metadata.taints[1]: Duplicate value: ');
});

test.each<[string, object, number | undefined, number]>([
  ['its own period', { spec: { nodeName: 'n', terminationGracePeriodSeconds: 30, containers: [] } }, undefined, 30],
  ['what was asked for', { spec: { nodeName: 'n', terminationGracePeriodSeconds: 30, containers: [] } }, 5, 5],
  ['none before it has a node', { spec: { terminationGracePeriodSeconds: 30, containers: [] } }, 5, 0],
  ['none after it has ended', { spec: { nodeName: 'n', terminationGracePeriodSeconds: 30, containers: [] }, status: { phase: 'Failed' } }, undefined, 0],
  ['one second for less than none', { spec: { nodeName: 'n', containers: [] } }, -1, 1],
])('a pod is given %s to end', (_, object, requested, seconds) => {
  expect(pod.strategy.gracePeriodSeconds!({ metadata: { name: 'a' }, ...object } as never, requested)).toBe(seconds);
});

test('endpoints and slices', () => {
  expect(createErrors(endpoints, { subsets: [{ addresses: [{ ip: '127.0.0.1' }], ports: [{ port: 80 }] }] }))
    .toEqual(['subsets[0].addresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)']);
  expect(createErrors(endpointSlice, { addressType: 'IPv4', endpoints: [{ addresses: [] }], ports: [{ port: 80 }] }))
    .toEqual(['endpoints[0].addresses: Required value: must contain at least 1 address']);
  expect(updateErrors(endpointSlice, { addressType: 'IPv4' }, { addressType: 'IPv6' })).toEqual(['addressType: Invalid value: "IPv6": field is immutable']);
});

test('a type of a Secret may be called anything', () => expect(createErrors(secret, { type: 'valueOf' })).toEqual([]));

test('lease', () => {
  expect(createErrors(lease, { spec: { leaseDurationSeconds: 0 } })).toEqual(['spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0']);
});

describe('events', () => {
  const core = { metadata: { name: 'e', namespace: 'default' }, involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' }, message: 'm', count: 1, reportingComponent: 'c', apiVersion: 'v1', kind: 'Event' };

  test('the two versions are one object', () => {
    const served = conversion.fromStored(core);
    expect(served).toMatchObject({ apiVersion: 'events.k8s.io/v1', regarding: { name: 'p' }, note: 'm', deprecatedCount: 1, reportingController: 'c' });
    expect(conversion.toStored(served)).toEqual(core);
  });

  test('the older is checked little, the newer more', () => {
    expect(createErrors(event, { ...core, involvedObject: { namespace: 'other' } })).toEqual(['involvedObject.namespace: Invalid value: "other": does not match event.namespace']);
    expect(createErrors(eventsEvent, { regarding: { namespace: 'default' } })).toEqual(['eventTime: Required value', 'type: Invalid value: "": has invalid value: ']);
  });
});

test.each(kinds.map((kind) => [`${kind.kind}.${kind.group}`, kind] as const))('%s: an empty object gets errors, not exceptions', (_, kind) => {
  expect(() => createErrors(kind, {})).not.toThrow();
});
