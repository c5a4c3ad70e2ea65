import type { DeviceClass, ResourceClaim, ResourceClaimTemplate, ResourceSlice } from '../../../src/api/generated/resource.v1beta2';
import type { KubeObject } from '../../../src/api/meta';
import type { Kind } from '../../../src/kinds/kind';
import { resourceKinds } from '../../../src/kinds/resource.k8s.io/kinds';
import { createErrors, defaulted, texts, updateErrors } from '../create';

const find = <T extends KubeObject>(name: string, version = 'v1beta2') => resourceKinds.find((kind) => kind.kind === name && kind.version === version) as unknown as Kind<T>;
const [claim, template, deviceClass, slice] = [find<ResourceClaim>('ResourceClaim'), find<ResourceClaimTemplate>('ResourceClaimTemplate'), find<DeviceClass>('DeviceClass'), find<ResourceSlice>('ResourceSlice')];

const exactly = { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1 };
const request = { name: 'one', exactly };
const opaque = { driver: 'gpu.example.com', parameters: { a: 1 } };
const label = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const notARequest = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
const selecting = (expression: string) => ({ requests: [{ name: 'one', exactly: { ...exactly, selectors: [{ cel: { expression } }] } }] });
const at = 'spec.devices.requests[0].exactly';

describe('ResourceClaim', () => {
  test.each<[string, object, string[]]>([
    ['good', { requests: [request], constraints: [{ requests: ['one'], matchAttribute: 'gpu.example.com/numa' }], config: [{ requests: ['one'], opaque }] }, []],
    ['alternatives', { requests: [{ name: 'one', firstAvailable: [{ name: 'big', ...exactly }] }], config: [{ requests: ['one/big'], opaque }] }, []],
    ['a request of nothing', { requests: [{ name: 'one' }] }, ['spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required']],
    ['a request of both', { requests: [{ ...request, firstAvailable: [{ name: 'big', ...exactly }] }] }, ['spec.devices.requests[0]: Invalid value: null: exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set']],
    ['no class', { requests: [{ name: 'one', exactly: { ...exactly, deviceClassName: '' } }] }, [`${at}.deviceClassName: Required value`]],
    ['a mode there is not', { requests: [{ name: 'one', exactly: { ...exactly, allocationMode: 'Some' } }] }, [`${at}.allocationMode: Unsupported value: "Some": supported values: "All", "ExactCount"`]],
    ['all, and how many', { requests: [{ name: 'one', exactly: { ...exactly, allocationMode: 'All' } }] }, [`${at}.count: Invalid value: 1: must not be specified when allocationMode is 'All'`]],
    ['less than one', { requests: [{ name: 'one', exactly: { ...exactly, count: -1 } }] }, [`${at}.count: Invalid value: -1: must be greater than zero`]],
    ['one name twice', { requests: [request, request] }, ['spec.devices.requests[1].name: Duplicate value: "one"']],
    ['a name that is none', { requests: [{ ...request, name: 'One' }] }, [`spec.devices.requests[0].name: Invalid value: "One": ${label}`]],
    ['too many requests', { requests: Array.from({ length: 33 }, (_, i) => ({ ...request, name: `r${i}` })) }, ['spec.devices.requests: Too many: 33: must have at most 32 items']],
    ['a reference to nothing', { requests: [request], config: [{ requests: ['two'], opaque }] }, [`spec.devices.config[0].requests[0]: Invalid value: "two": ${notARequest}`]],
    ['a reference too deep', { requests: [request], config: [{ requests: ['a/b/c'], opaque }] }, [`spec.devices.config[0].requests[0]: Invalid value: "a/b/c": ${notARequest}`]],
    ['configuration of nothing', { config: [{}] }, ['spec.devices.config[0].opaque: Required value']],
    ['parameters that are no object', { config: [{ opaque: { ...opaque, parameters: [1] } }] }, ['spec.devices.config[0].opaque.parameters: Invalid value: "<value omitted>": must be a valid JSON object']],
    ['a constraint by nothing', { constraints: [{}] }, ['spec.devices.constraints[0].matchAttribute: Required value']],
    ['an attribute without its domain', { constraints: [{ matchAttribute: 'numa' }] }, ['spec.devices.constraints[0].matchAttribute: Invalid value: "numa": a fully qualified name must be a domain and a name separated by a slash']],
    ['an expression', selecting('device.driver == "gpu.example.com" && device.attributes["gpu.example.com"].model == "a" && device.capacity["gpu.example.com"].memory.isGreaterThan(quantity("1Gi"))'), []],
    ['an expression of what is not there', selecting('node.name == "a"'), [expect.stringMatching(/^spec\.devices\.requests\[0\]\.exactly\.selectors\[0\]\.cel\.expression: Invalid value: "node\.name == \\"a\\"": compilation failed: ERROR: <input>:1:1: undeclared reference to 'node'/) as unknown as string]],
    ['an expression that is no condition', selecting('device.driver'), [`${at}.selectors[0].cel.expression: Invalid value: "device.driver": must evaluate to bool or the unknown type, not string`]],
    ['a toleration', { requests: [{ name: 'one', exactly: { ...exactly, tolerations: [{ key: 'a', operator: 'Exists', value: 'b', effect: 'Never' }] } }] },
      [`${at}.tolerations[0].value: Invalid value: "b": must be empty for operator \`Exists\``, `${at}.tolerations[0].effect: Unsupported value: "Never": supported values: "NoExecute", "NoSchedule"`]],
  ])('%s', (_, devices, expected) => expect(createErrors(claim, { spec: { devices } })).toEqual(expected));

  test('one device of each request is asked for where nothing else is said', () => {
    const requests = [{ name: 'one', exactly: { deviceClassName: 'gpu' } }, { name: 'any', firstAvailable: [{ name: 'big', deviceClassName: 'gpu', allocationMode: 'All' }] }];
    expect(defaulted(claim, { spec: { devices: { requests } } }).spec.devices?.requests).toEqual([
      { name: 'one', exactly }, { name: 'any', firstAvailable: [{ name: 'big', deviceClassName: 'gpu', allocationMode: 'All' }] },
    ]);
  });

  test('its spec stays', () => expect(updateErrors(claim, { spec: { devices: { requests: [request] } } }, { spec: {} })).toEqual([expect.stringMatching(/^spec: Invalid value: .*field is immutable$/)]));

  const result = { request: 'one', driver: 'gpu.example.com', pool: 'node-a', device: 'gpu-0' };
  const allocation = { devices: { results: [result] } };
  const consumer = { resource: 'pods', name: 'web', uid: '1' };
  const statusErrors = (status: object, old: object = {}) => {
    const of = (its: object) => defaulted(claim, { spec: { devices: { requests: [request] } }, status: its });
    return texts(claim.strategy.validateStatusUpdate?.(of(status), of(old)));
  };

  test.each<[string, object, object, string[]]>([
    ['good', { allocation, reservedFor: [consumer], devices: [{ driver: result.driver, pool: result.pool, device: result.device, networkData: { ips: ['10.9.8.7/24', 'fd00::1/64'] } }] }, {}, []],
    ['reserved without being allocated', { reservedFor: [consumer] }, {}, ['status.reservedFor: Forbidden: may not be specified when `allocated` is not set']],
    ['reserved twice for one', { allocation, reservedFor: [consumer, consumer] }, {}, ['status.reservedFor[1].uid: Duplicate value: "1"']],
    ['reserved for nobody', { allocation, reservedFor: [{}] }, {}, ['status.reservedFor[0].resource: Required value', 'status.reservedFor[0].name: Required value', 'status.reservedFor[0].uid: Required value']],
    ['a result of no request', { allocation: { devices: { results: [{ ...result, request: 'two' }] } } }, {}, [`status.allocation.devices.results[0].request: Invalid value: "two": ${notARequest}`]],
    ['another allocation', { allocation }, { allocation: { devices: { results: [{ ...result, device: 'gpu-1' }] } } }, [expect.stringMatching(/^status\.allocation: Invalid value: .*field is immutable$/) as unknown as string]],
    ['a device that is not allocated', { allocation, devices: [{ ...result, device: 'gpu-1', request: undefined }] }, {}, ['status.devices[0]: Invalid value: gpu.example.com/node-a/gpu-1: must be an allocated device in the claim']],
    ['no address of an interface', { allocation, devices: [{ ...result, request: undefined, networkData: { ips: ['10.0.0.1'] } }] }, {}, ['status.devices[0].networkData.ips[0]: Invalid value: "10.0.0.1": must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)']],
  ])('status: %s', (_, status, old, expected) => expect(statusErrors(status, old)).toEqual(expected));
});

test('a ResourceClaimTemplate has the rules of the claim, and labels', () => {
  expect(createErrors(template, { spec: { metadata: { labels: { 'a b': '' } }, spec: { devices: { requests: [{ name: 'one' }] } } } })).toEqual([
    expect.stringMatching(/^spec\.metadata\.labels: Invalid value: "a b": name part must consist of/), 'spec.spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required',
  ]);
});

test('a DeviceClass', () => {
  expect(createErrors(deviceClass, { spec: { selectors: [{ cel: { expression: 'true' } }], config: [{ opaque }] } })).toEqual([]);
  expect(createErrors(deviceClass, { spec: { selectors: [{}], config: [{ opaque: { driver: '', parameters: null } }] } })).toEqual([
    'spec.selectors[0].cel: Required value', 'spec.config[0].opaque.driver: Required value', 'spec.config[0].opaque.parameters: Required value',
  ]);
});

describe('ResourceSlice', () => {
  const spec = { driver: 'gpu.example.com', pool: { name: 'node-a', generation: 1, resourceSliceCount: 1 }, nodeName: 'node-a' };
  const device = (more: object) => ({ devices: [{ name: 'gpu-0', ...more }] });
  const where = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';
  test.each<[string, object, string[]]>([
    ['good', device({ attributes: { 'gpu.example.com/model': { string: 'a' }, numa: { int: 1 }, driver: { version: '1.2.3-rc.1+x' } }, capacity: { memory: { value: '80Gi' } } }), []],
    ['nowhere', { nodeName: undefined }, [`spec: Required value: ${where}`]],
    ['in two places', { allNodes: true }, ['spec: Invalid value: "{`nodeName`, `allNodes`}": ' + `${where}, but multiple fields are set`]],
    ['not everywhere', { allNodes: false }, ['spec.allNodes: Invalid value: false: must be either unset or set to true']],
    ['a pool of nothing', { pool: { name: '', generation: -1, resourceSliceCount: 0 } },
      ['spec.pool.name: Required value', 'spec.pool.resourceSliceCount: Invalid value: 0: must be greater than zero', 'spec.pool.generation: Invalid value: -1: must be greater than or equal to zero']],
    ['two of one name', { devices: [{ name: 'gpu-0' }, { name: 'gpu-0' }] }, ['spec.devices[1].name: Duplicate value: "gpu-0"']],
    ['an attribute of no value', device({ attributes: { a: {} } }), ['spec.devices[0].attributes[a]: Invalid value: "": exactly one value must be specified']],
    ['a version that is none', device({ attributes: { a: { version: 'v1' } } }), ['spec.devices[0].attributes[a].version: Invalid value: "v1": must be a string compatible with semver.org spec 2.0.0']],
    ['a long value', device({ attributes: { a: { string: 'x'.repeat(65) } } }), ['spec.devices[0].attributes[a].string: Too long: may not be more than 64 bytes']],
    ['a name without a domain before the slash', device({ attributes: { '/a': { int: 1 } } }), ['spec.devices[0].attributes[/a]: Invalid value: "": the domain must not be empty']],
    ['too much about one', device({ attributes: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`a${i}`, { int: 1 }])) }), ['spec.devices[0]: Invalid value: 33: the total number of attributes and capacities must not exceed 32']],
    ['a place of its own', device({ allNodes: true }), ['spec.devices[0]: Invalid value: null: `nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec']],
    ['no place of its own', { nodeName: undefined, perDeviceNodeSelection: true, ...device({}) },
      ['spec.devices[0]: Required value: exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec']],
    ['a taint', device({ taints: [{ key: 'a', effect: '' }] }), ['spec.devices[0].taints[0].effect: Required value']],
    ['counters of nothing', { sharedCounters: [{ name: 'a' }], ...device({ consumesCounters: [{ counterSet: '' }] }) },
      ['spec.devices[0].consumesCounters[0].counterSet: Required value', 'spec.devices[0].consumesCounters[0].counters: Required value', 'spec.sharedCounters[0].counters: Required value']],
  ])('%s', (_, more, expected) => expect(createErrors(slice, { spec: { ...spec, ...more } })).toEqual(expected));

  test('where its devices are stays', () => {
    expect(updateErrors(slice, { spec }, { spec: { ...spec, driver: 'b.example.com', nodeName: 'node-b' } })).toEqual([
      'spec.driver: Invalid value: "b.example.com": field is immutable', 'spec.nodeName: Invalid value: "node-b": field is immutable',
    ]);
  });

  test('v1beta1 has the same rules', () => {
    const flat = find('ResourceSlice', 'v1beta1');
    expect(createErrors(flat, { spec: { ...spec, devices: [{ name: 'gpu-0', basic: { attributes: { a: {} } } }] } })).toEqual(['spec.devices[0].attributes[a]: Invalid value: "": exactly one value must be specified']);
  });
});
