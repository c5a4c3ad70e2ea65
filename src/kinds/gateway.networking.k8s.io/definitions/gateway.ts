import { addressType, conditions, groupName, hostname, kindName, localReference, namespaceName, objectName, port, protocol, sectionName, waiting } from './names';
import { age, customResource, list, map, object, oneOf, text, type Rule } from './schema';

const pending = waiting('Accepted', 'Programmed');

const address = object({ type: addressType, value: text({ max: 253 }) });
const isUnique = (type: string): Rule =>
  [`${type} values must be unique`, `self.all(a1, a1.type == '${type}' ? self.exists_one(a2, a2.type == a1.type && a2.value == a1.value) : true)`];

const secret = object({ group: groupName(''), kind: kindName('Secret'), name: objectName, namespace: namespaceName }, { required: 'name' });

const tls = object({
  mode: oneOf(['Terminate', 'Passthrough'], 'Terminate'),
  certificateRefs: list(secret, { max: 64 }),
  options: map(text({ min: 0, max: 4096 }), 16),
}, {
  rules: [['certificateRefs or options must be specified when mode is Terminate', "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || size(self.options) > 0 : true"]],
});

const selector = {
  ...object({
    matchExpressions: list(object({ key: text(), operator: text(), values: list(text(), { kind: 'atomic' }) }, { required: 'key operator' }), { kind: 'atomic' }),
    matchLabels: map(text()),
  }),
  'x-kubernetes-map-type': 'atomic',
};

const sameNamespace = { from: 'Same' };

const allowedRoutes = object({
  namespaces: object({ from: oneOf(['All', 'Selector', 'Same'], 'Same'), selector }, { default: sameNamespace }),
  kinds: list(object({ group: groupName('gateway.networking.k8s.io'), kind: kindName() }, { required: 'kind' }), { max: 8 }),
}, { default: { namespaces: sameNamespace } });

const listenerRules: readonly Rule[] = [
  ["tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']", "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)"],
  ['tls mode must be Terminate for protocol HTTPS', "self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)"],
  ["hostname must not be specified for protocols ['TCP', 'UDP']", "self.all(l, l.protocol in ['TCP', 'UDP'] ? (!has(l.hostname) || l.hostname == '') : true)"],
  ['Listener name must be unique within the Gateway', 'self.all(l1, self.exists_one(l2, l1.name == l2.name))'],
  ['Combination of port, protocol and hostname must be unique for each listener',
    'self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))'],
];

const listener = object({ name: sectionName, hostname, port, protocol, tls, allowedRoutes }, { required: 'name port protocol' });

const listenerStatus = object({
  name: sectionName,
  attachedRoutes: { type: 'integer', format: 'int32' },
  conditions: conditions(),
  supportedKinds: list(object({ group: groupName('gateway.networking.k8s.io'), kind: kindName() }, { required: 'kind' }), { max: 8 }),
}, { required: 'attachedRoutes conditions name supportedKinds' });

export const gateways = customResource({
  kind: 'Gateway', plural: 'gateways', shortNames: ['gtw'], scope: 'Namespaced', versions: ['v1', 'v1beta1'], hasStatus: true, specIsRequired: true,
  columns: [
    { name: 'Class', type: 'string', jsonPath: '.spec.gatewayClassName' },
    { name: 'Address', type: 'string', jsonPath: '.status.addresses[*].value' },
    { name: 'Programmed', type: 'string', jsonPath: '.status.conditions[?(@.type=="Programmed")].status' },
    age,
  ],
  spec: object({
    gatewayClassName: objectName,
    listeners: list(listener, { min: 1, max: 64, keys: ['name'], rules: listenerRules }),
    addresses: list(address, { max: 16, rules: ['IPAddress', 'Hostname'].map(isUnique) }),
    infrastructure: object({ annotations: map(text({ min: 0, max: 4096 }), 8), labels: map(text({ min: 0, max: 63 }), 8), parametersRef: localReference }),
  }, { required: 'gatewayClassName listeners' }),
  status: object({
    addresses: list(object({ type: addressType, value: text({ min: 1, max: 253 }) }, { required: 'value' }), { max: 16 }),
    conditions: conditions(pending),
    listeners: list(listenerStatus, { max: 64, keys: ['name'] }),
  }, { default: { conditions: pending } }),
});
