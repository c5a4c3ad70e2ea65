import { validatingAdmissionPolicy } from '../../../src/kinds/admissionregistration.k8s.io/validatingadmissionpolicy/kind';
import { validatingAdmissionPolicyBinding } from '../../../src/kinds/admissionregistration.k8s.io/validatingadmissionpolicybinding/kind';
import { validatePolicyStatus } from '../../../src/kinds/admissionregistration.k8s.io/validatingadmissionpolicy/validation';
import { createErrors, defaulted } from '../create';
import { row, titles } from '../row';

const rule = { operations: ['CREATE'], apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] };
const policy = { matchConstraints: { resourceRules: [rule] }, validations: [{ expression: 'object.spec.replicas <= 5' }] };
const errorsOf = (more: object) => createErrors(validatingAdmissionPolicy, { metadata: { name: 'p' }, spec: { ...policy, ...more } });
const validating = (more: object) => errorsOf({ validations: [{ expression: 'true', ...more }] });
const binding = { policyName: 'p', validationActions: ['Deny'] };
const bindingErrors = (more: object) => createErrors(validatingAdmissionPolicyBinding, { metadata: { name: 'b' }, spec: { ...binding, ...more } });

test('defaults', () => {
  expect(defaulted(validatingAdmissionPolicy, { spec: policy }).spec).toEqual({
    failurePolicy: 'Fail', validations: policy.validations,
    matchConstraints: { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {}, resourceRules: [{ ...rule, scope: '*' }] },
  });
  expect(defaulted(validatingAdmissionPolicyBinding, { spec: { ...binding, matchResources: {} } }).spec.matchResources).toEqual({ matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} });
});

const pointed = (text: string, column: number) => `\n | ${text}\n | ${'.'.repeat(column - 1)}^`;

test.each<[string, object, unknown[]]>([
  ['good', {}, []],
  ['no constraints', { matchConstraints: null }, ['spec.matchConstraints: Required value']],
  ['no rules', { matchConstraints: {} }, ['spec.matchConstraints.resourceRules: Required value']],
  ['nothing to check', { validations: [] }, [
    'spec.validations: Required value: validations or auditAnnotations must contain at least one item', 'spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item',
  ]],
  ['a paramKind', { paramKind: { apiVersion: 'A/v1/x', kind: '1' } }, [
    'spec.paramKind.apiVersion: Invalid value: "A/v1/x": unexpected GroupVersion string: A/v1/x',
    expect.stringMatching(/^spec.paramKind.kind: Invalid value: "1": may have mixed case, but should otherwise match: a DNS-1035 label/),
  ]],
  ['an annotation', { auditAnnotations: [{ key: 'k', valueExpression: '1' }, { key: 'k', valueExpression: 'null' }] }, [
    'spec.auditAnnotations[0].valueExpression: Invalid value: "1": must evaluate to one of [string null_type] but got int', 'spec.auditAnnotations[1].key: Duplicate value: "k"',
  ]],
  ['variables', { variables: [{ name: 'in', expression: '1' }, { name: 'b', expression: 'variables.in' }, { name: 'c', expression: '' }] }, [
    'spec.variables[0].name: Invalid value: "in": name is not a valid CEL identifier',
    expect.stringContaining('spec.variables[1].expression: Invalid value: "variables.in": compilation failed: ERROR: <input>:1:11: Syntax error'),
    'spec.variables[2].expression: Required value: expression is not specified',
  ]],
  ['variables of earlier ones', { variables: [{ name: 'a', expression: '[1]' }, { name: 'b', expression: 'variables.a[0] + 1' }], validations: [{ expression: 'variables.b == 2' }] }, []],
  ['a variable of another type', { variables: [{ name: 'a', expression: '1' }], validations: [{ expression: 'variables.a == "x"' }] }, [
    `spec.validations[0].expression: Invalid value: "variables.a == \\"x\\"": compilation failed: ERROR: <input>:1:13: found no matching overload for '_==_' applied to '(int, string)'${pointed('variables.a == "x"', 13)}`,
  ]],
  ['a variable of none', { validations: [{ expression: 'variables.a == 1' }] }, [expect.stringContaining("undeclared reference to 'variables' (in container '')")]],
  ['conditions', { matchConditions: [{ name: 'a', expression: 'params == null' }, { name: 'a', expression: ' ' }, { name: '', expression: 'object.x' }] }, [
    `spec.matchConditions[0].expression: Invalid value: "params == null": compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')${pointed('params == null', 1)}`,
    'spec.matchConditions[1].expression: Required value', 'spec.matchConditions[2].expression: Invalid value: "object.x": must evaluate to bool but got dyn',
    'spec.matchConditions[2].name: Required value', 'spec.matchConditions[1].name: Duplicate value: "a"',
  ]],
  ['too many conditions', { matchConditions: [...Array(65).keys()].map((i) => ({ name: `n${i}`, expression: 'true' })) }, ['spec.matchConditions: Too many: 65: must have at most 64 items']],
])('a policy: %s', (_, more, expected) => expect(errorsOf(more)).toEqual(expected));

test.each<[string, object, unknown[]]>([
  ['no expression', { expression: ' ' }, ['spec.validations[0].expression: Required value: expression is not specified']],
  ['not a bool', { expression: '1' }, ['spec.validations[0].expression: Invalid value: "1": must evaluate to bool but got int']],
  ['a reason', { reason: 'Mood' }, ['spec.validations[0].reason: Unsupported value: "Mood": supported values: "Forbidden", "Invalid", "RequestEntityTooLarge"']],
  ['lines', { message: 'a\nb' }, ['spec.validations[0].message: Invalid value: "a\\nb": message must not contain line breaks']],
  ['blanks', { message: ' ', messageExpression: ' ' }, [
    'spec.validations[0].messageExpression: Invalid value: " ": must be non-empty if specified', 'spec.validations[0].message: Invalid value: " ": message must be non-empty if specified',
  ]],
  ['authorizer', { expression: "authorizer.requestResource.check('get').allowed() && authorizer.group('').resource('pods').namespace('x').check('list').allowed()" }, []],
  ['a message that asks', { messageExpression: 'string(authorizer)' }, [expect.stringContaining("undeclared reference to 'authorizer'")]],
  ['a request', { expression: "request.kind.kind == 'Pod' && request.userInfo.groups.exists(g, g == 'x') && request.options == null && request.nothing" }, [expect.stringContaining("undefined field 'nothing'")]],
  ['a namespace', { expression: "namespaceObject.metadata.labels['a'] == 'b' && namespaceObject.status.phase == 1" }, [expect.stringContaining("applied to '(string, int)'")]],
])('a validation: %s', (_, more, expected) => expect(validating(more)).toEqual(expected));

test.each<[string, object, unknown[]]>([
  ['good', {}, []],
  ['no policy', { policyName: '' }, ['spec.policyName: Required value']],
  ['actions', { validationActions: ['Deny', 'Warn', 'Deny', 'Shout'] }, [
    'spec.validationActions[3]: Unsupported value: "Shout": supported values: "Audit", "Deny", "Warn"', 'spec.validationActions[2]: Duplicate value: "Deny"',
    expect.stringContaining('must not contain both Deny and Warn'),
  ]],
  ['no actions', { validationActions: [] }, ['spec.validationActions: Required value: at least one validation action is required']],
  ['params', { paramRef: {} }, ['spec.paramRef: Required value: one of name or selector must be specified', 'spec.paramRef.parameterNotFoundAction: Required value']],
  ['params twice', { paramRef: { name: 'a/b', selector: {}, parameterNotFoundAction: 'Deny' } }, [
    `spec.paramRef.name: Invalid value: "a/b": may not contain '/'`, 'spec.paramRef.name: Forbidden: name and selector are mutually exclusive', 'spec.paramRef.selector: Forbidden: name and selector are mutually exclusive',
  ]],
  ['resources', { matchResources: { resourceRules: [{ ...rule, resources: [], resourceNames: ['x', 'x'] }] } }, [
    'spec.matchResouces.resourceRules[0].resourceNames[1]: Duplicate value: "x"', 'spec.matchResouces.resourceRules[0].resources: Required value',
  ]],
])('a binding: %s', (_, more, expected) => expect(bindingErrors(more)).toEqual(expected));

test('a status', () => {
  const errors = validatePolicyStatus({ typeChecking: { expressionWarnings: [{ fieldRef: '', warning: '' }] }, conditions: [{ type: 'A', status: 'Maybe' as never, reason: '1', lastTransitionTime: '', message: '' }] });
  expect(errors.map(({ field }) => field)).toEqual([
    'status.typeChecking.expressionWarnings[0].warning', 'status.typeChecking.expressionWarnings[0].fieldRef', 'status.conditions[0].status',
    'status.conditions[0].lastTransitionTime', 'status.conditions[0].reason',
  ]);
});

test('columns', () => {
  expect(titles(validatingAdmissionPolicy)).toBe('Validations, ParamKind, Age');
  expect(row(validatingAdmissionPolicy, { spec: policy })).toBe('1 <unset> 60m');
  expect(row(validatingAdmissionPolicy, { spec: { paramKind: { apiVersion: 'a/v1', kind: 'B' } } })).toBe('0 a/v1/B 60m');
  expect(titles(validatingAdmissionPolicyBinding)).toBe('PolicyName, ParamRef, Age');
  expect(row(validatingAdmissionPolicyBinding, { spec: binding })).toBe('p <unset> 60m');
  expect(row(validatingAdmissionPolicyBinding, { spec: { ...binding, paramRef: { name: 'x' } } })).toBe('p */x 60m');
  expect(row(validatingAdmissionPolicyBinding, { spec: { ...binding, paramRef: { name: 'x', namespace: 'n' } } })).toBe('p n/x 60m');
  expect(row(validatingAdmissionPolicyBinding, { spec: { ...binding, paramRef: { selector: { matchLabels: { a: 'b' } } } } }))
    .toBe('p &LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{},} 60m');
});
