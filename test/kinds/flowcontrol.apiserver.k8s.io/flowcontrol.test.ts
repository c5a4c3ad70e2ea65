import type { FlowSchema } from '../../../src/api/generated/flowcontrol.v1';
import { mandatoryLevels, mandatorySchemas } from '../../../src/kinds/flowcontrol.apiserver.k8s.io/defaults/mandatory';
import { suggestedLevels, suggestedSchemas } from '../../../src/kinds/flowcontrol.apiserver.k8s.io/defaults/suggested';
import { flowSchema } from '../../../src/kinds/flowcontrol.apiserver.k8s.io/flowschema/kind';
import { flowSchemaController } from '../../../src/kinds/flowcontrol.apiserver.k8s.io/flowschema/reconcile';
import { priorityLevelConfiguration } from '../../../src/kinds/flowcontrol.apiserver.k8s.io/prioritylevelconfiguration/kind';
import { flowSchemas, priorityLevelConfigurations } from '../../../src/kinds/resources';
import { createErrors, defaulted, nowMs } from '../create';
import { observedOf } from '../observed';
import { row, titles } from '../row';

const subjects = [{ kind: 'Group', group: { name: 'g' } }];
const resourceRule = { verbs: ['get'], apiGroups: [''], resources: ['pods'], namespaces: ['*'] };
const spec = (more: object = {}, rule: object = {}) =>
  ({ priorityLevelConfiguration: { name: 'l' }, matchingPrecedence: 5, rules: [{ subjects, resourceRules: [resourceRule], ...rule }], ...more });
const rules = 'spec.rules[0]';
const subject = (more: object) => spec({}, { subjects: [more] });
const resource = (more: object) => spec({}, { resourceRules: [{ ...resourceRule, ...more }] });
const urls = (...nonResourceURLs: string[]) => spec({}, { resourceRules: [], nonResourceRules: [{ verbs: ['*'], nonResourceURLs }] });

test.each<[string, object, string[]]>([
  ['good', spec(), []],
  ['precedence', spec({ matchingPrecedence: -1 }), ['spec.matchingPrecedence: Invalid value: -1: must be a positive value']],
  ['high precedence', spec({ matchingPrecedence: 10001 }), ['spec.matchingPrecedence: Invalid value: 10001: must not be greater than 10000']],
  ['first', spec({ matchingPrecedence: 1 }), ["spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1"]],
  ['no level', spec({ priorityLevelConfiguration: {} }), ['spec.priorityLevelConfiguration.name: Required value: must reference a priority level']],
  ['method', spec({ distinguisherMethod: { type: 'X' } }), ['spec.distinguisherMethod.type: Unsupported value: {"type":"X"}: supported values: "ByNamespace", "ByUser"']],
  ['no subjects', spec({}, { subjects: [] }), [`${rules}.subjects: Required value: subjects must contain at least one value`]],
  ['no rules', spec({}, { resourceRules: [] }), [`${rules}: Required value: at least one of resourceRules and nonResourceRules has to be non-empty`]],
  ['kind of subject', subject({ kind: 'X' }), [`${rules}.subjects[0].kind: Unsupported value: "X": supported values: "Group", "ServiceAccount", "User"`]],
  ['subject without a member', subject({ kind: 'User' }), [`${rules}.subjects[0].user: Required value: user is required when subject kind is 'User'`]],
  ['two members', subject({ kind: 'User', user: { name: 'u' }, group: { name: 'g' } }), [`${rules}.subjects[0].group: Forbidden: group is forbidden when subject kind is not 'Group'`]],
  ['account', subject({ kind: 'ServiceAccount', serviceAccount: { name: '*' } }), [`${rules}.subjects[0].serviceAccount.namespace: Required value: must specify namespace for service account`]],
  ['no verbs', resource({ verbs: [] }), [`${rules}.resourceRules[0].verbs: Required value: verbs must contain at least one value`]],
  ['verb', resource({ verbs: ['look'] }), [`${rules}.resourceRules[0].verbs: Unsupported value: []string{"look"}: supported values: "create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"`]],
  ['all and more', resource({ resources: ['*', 'pods'] }), [`${rules}.resourceRules[0].resources: Invalid value: []string{"*", "pods"}: if '*' is present, must not specify other resources`]],
  ['no namespaces', resource({ namespaces: [] }), [`${rules}.resourceRules[0].namespaces: Required value: resource rules that are not cluster scoped must supply at least one namespace`]],
  ['relative path', urls('a'), [`${rules}.nonResourceRules[0].nonResourceURLs[0]: Invalid value: "a": must start with slash`]],
  ['wildcard', urls('/a*'), [`${rules}.nonResourceRules[0].nonResourceURLs[0]: Invalid value: "/a*": wildcard can only do suffix matching`]],
])('flow schema: %s', (_, given, expected) => expect(createErrors(flowSchema, { spec: given })).toEqual(expected));

const queuing = (more: object) => ({ type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing: more } } });

test.each<[string, object, string[]]>([
  ['good', queuing({}), []],
  ['no shares at all', { type: 'Limited', limited: { nominalConcurrencyShares: 0, limitResponse: { type: 'Reject' } } }, []],
  ['exempt by another name', { type: 'Exempt' }, ['spec.type: Invalid value: "Exempt": type must be \'Exempt\' if and only if name is \'exempt\'']],
  ['type', { type: 'X' }, ['spec.type: Unsupported value: "X": supported values: "Exempt", "Limited"']],
  ['no limits', { type: 'Limited' }, ['spec.limited: Required value: must not be empty when type is Limited']],
  ['no queues', { type: 'Limited', limited: { limitResponse: { type: 'Queue' } } }, ['spec.limited.limitResponse.queuing: Required value: must not be empty if limited.limitResponse.type is Limited']],
  ['large hand', queuing({ queues: 4, handSize: 5 }), ['spec.limited.limitResponse.queuing.handSize: Invalid value: 5: should not be greater than queues (4)']],
  ['much entropy', queuing({ queues: 1024, handSize: 8 }), ['spec.limited.limitResponse.queuing.handSize: Invalid value: 8: required entropy bits of deckSize 1024 and handSize 8 should not be greater than 60']],
  ['lends too much', { type: 'Limited', limited: { lendablePercent: 101, borrowingLimitPercent: -1, limitResponse: { type: 'Reject' } } }, [
    'spec.limited.lendablePercent: Invalid value: 101: must be between 0 and 100, inclusive',
    'spec.limited.borrowingLimitPercent: Invalid value: -1: if specified, must be a non-negative integer',
  ]],
])('priority level: %s', (_, given, expected) => expect(createErrors(priorityLevelConfiguration, { spec: given })).toEqual(expected));

test('defaults', () => {
  expect(defaulted(flowSchema, { spec: { priorityLevelConfiguration: { name: 'l' } } }).spec).toMatchObject({ matchingPrecedence: 1000 });
  expect(defaulted(priorityLevelConfiguration, { spec: queuing({}) }).spec.limited).toEqual({
    nominalConcurrencyShares: 30, lendablePercent: 0, limitResponse: { type: 'Queue', queuing: { queues: 64, handSize: 8, queueLengthLimit: 50 } },
  });
});

test('the default objects are valid, complete, and cannot be changed where they are mandatory', () => {
  for (const object of [...mandatorySchemas, ...suggestedSchemas]) {
    expect(createErrors(flowSchema, { ...object })).toEqual([]);
    expect(defaulted(flowSchema, { ...object }).spec).toEqual(object.spec);
  }
  for (const object of [...mandatoryLevels, ...suggestedLevels]) {
    expect(createErrors(priorityLevelConfiguration, { ...object })).toEqual([]);
    expect(defaulted(priorityLevelConfiguration, { ...object }).spec).toEqual(object.spec);
  }
  const metadata = { name: 'catch-all' };
  expect(createErrors(flowSchema, { metadata, spec: spec() })).toEqual([expect.stringContaining("spec of 'catch-all' must equal the fixed value")]);
  expect(createErrors(priorityLevelConfiguration, { metadata: { name: 'exempt' }, spec: { type: 'Exempt', exempt: { lendablePercent: 50 } } })).toEqual([]);
});

test('tables', () => {
  expect(titles(flowSchema)).toBe('PriorityLevel, MatchingPrecedence, DistinguisherMethod, Age, MissingPL');
  expect(row(flowSchema, { spec: spec({ distinguisherMethod: { type: 'ByUser' } }), status: { conditions: [{ type: 'Dangling', status: 'False' }] } })).toBe('l 5 ByUser 60m False');
  expect(row(flowSchema, { spec: spec() })).toBe('l 5 <none> 60m ?');
  expect(titles(priorityLevelConfiguration)).toBe('Type, NominalConcurrencyShares, Queues, HandSize, QueueLengthLimit, Age');
  expect(row(priorityLevelConfiguration, mandatoryLevels[1]!)).toBe('Exempt <none> <none> <none> <none> 60m');
  expect(row(priorityLevelConfiguration, suggestedLevels[0]!)).toBe('Limited 30 64 6 50 60m');
});

describe('a schema whose level is', () => {
  const schema = (status: object = {}) => ({ metadata: { name: 's' }, spec: spec(), status }) as unknown as FlowSchema;
  const level = { metadata: { name: 'l' }, spec: {} };
  const condition = (status: string, reason: string, rest: string, lastTransitionTime = '2026-01-31T12:00:00Z') =>
    ({ type: 'Dangling', status, reason, message: `This FlowSchema references the PriorityLevelConfiguration object named "l" ${rest}`, lastTransitionTime });
  const there = condition('False', 'Found', 'and it exists');

  test.each<[string, FlowSchema, object[], object | undefined]>([
    ['there', schema({ conditions: [there] }), [level], undefined],
    ['new', schema(), [level], there],
    ['gone', schema({ conditions: [there] }), [], condition('True', 'NotFound', 'but there is no such object')],
  ])('%s', (_, object, levels, expected) => {
    const observed = observedOf([flowSchemas, [object]], [priorityLevelConfigurations, levels as never]);
    const { actions } = flowSchemaController.reconcile(object, observed, { nowMs, sinceMs: 0 });
    expect(actions).toEqual(expected ? [expect.objectContaining({ type: 'update', subresource: 'status', object: expect.objectContaining({ status: { conditions: [expected] } }) })] : []);
  });
});
