import type { CustomResourceDefinition } from '../../../src/api/generated/apiextensions.v1';
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicySpec } from '../../../src/api/generated/admissionregistration.v1';
import { reconcilePolicy } from '../../../src/kinds/admissionregistration.k8s.io/validatingadmissionpolicy/reconcile';
import { customResourceDefinitions } from '../../../src/kinds/resources';
import { observedOf } from '../observed';

const rule = (resource: string, group = 'apps', version = 'v1') => ({ operations: ['*' as const], apiGroups: [group], apiVersions: [version], resources: [resource] });

const widgets = {
  metadata: { name: 'widgets.test' },
  spec: {
    group: 'test', names: { plural: 'widgets', kind: 'Widget' }, scope: 'Namespaced',
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } } } }],
  },
} as unknown as CustomResourceDefinition;

function warnings(spec: Partial<ValidatingAdmissionPolicySpec>, ...rules: ReturnType<typeof rule>[]): Record<string, string> {
  const policy = { metadata: { name: 'p', generation: 2 }, spec: { ...spec, matchConstraints: { resourceRules: rules } } } as ValidatingAdmissionPolicy;
  const { actions } = reconcilePolicy(policy, observedOf([customResourceDefinitions, [widgets]]));
  const [action] = actions;
  if (action?.type !== 'update' || action.subresource !== 'status') throw new Error('a status is expected');
  const { status } = action.object as ValidatingAdmissionPolicy;
  expect(status!.observedGeneration).toBe(2);
  return Object.fromEntries((status!.typeChecking!.expressionWarnings ?? []).map(({ fieldRef, warning }) => [fieldRef, warning]));
}

test('what is typed well gives no warning, and is looked at once', () => {
  const spec = { validations: [{ expression: "object.spec.replicas > 1 && object.metadata.creationTimestamp < timestamp('2020-01-01T00:00:00Z') && object.spec.template.spec.containers.all(c, c.image != '')" }] };
  expect(warnings(spec, rule('deployments'))).toEqual({});
  const seen = { metadata: { name: 'p', generation: 2 }, spec: {}, status: { observedGeneration: 2 } } as ValidatingAdmissionPolicy;
  expect(reconcilePolicy(seen, observedOf()).actions).toEqual([]);
});

test('every kind that a policy is about has its own warning', () => {
  expect(warnings({ validations: [{ expression: "object.spec.replicas == '1'", messageExpression: 'string(object.sepc)' }, { expression: 'true' }] }, rule('replicasets'), rule('deployments'), rule('pods', ''), rule('*'))).toEqual({
    'spec.validations[0].expression': [
      "/v1, Kind=Pod: ERROR: <input>:1:12: undefined field 'replicas'\n | object.spec.replicas == '1'\n | ...........^\n",
      "apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for '_==_' applied to '(int, string)'\n | object.spec.replicas == '1'\n | .....................^\n",
      "apps/v1, Kind=ReplicaSet: ERROR: <input>:1:22: found no matching overload for '_==_' applied to '(int, string)'\n | object.spec.replicas == '1'\n | .....................^\n",
    ].join('\n'),
    'spec.validations[0].messageExpression': ['/v1, Kind=Pod', 'apps/v1, Kind=Deployment', 'apps/v1, Kind=ReplicaSet']
      .map((kind) => `${kind}: ERROR: <input>:1:14: undefined field 'sepc'\n | string(object.sepc)\n | .............^\n`).join('\n'),
  });
});

test('custom resources, parameters and variables have types, too', () => {
  const spec = {
    paramKind: { apiVersion: 'test/v1', kind: 'Widget' }, variables: [{ name: 'size', expression: 'object.spec.size' }],
    validations: [{ expression: "variables.size > params.spec.size && object.metadata.labels['a'] == 'b'" }, { expression: "variables.size == 'x'" }, { expression: 'params.spec.length > 1' }],
  };
  const found = warnings(spec, rule('widgets', 'test'));
  expect(Object.keys(found)).toEqual(['spec.validations[1].expression', 'spec.validations[2].expression']);
  expect(found['spec.validations[2].expression']).toContain("test/v1, Kind=Widget: ERROR: <input>:1:12: undefined field 'length'");
});
