import { auditConfig, type AuditPolicy, type AuditRule } from '../../../../src/cluster/apiserver/audit/policy';
import { readAuditPolicy } from '../../../../src/cluster/apiserver/audit/read-policy';
import { parseRequest } from '../../../../src/cluster/apiserver/http/request-info';

const jane = { name: 'jane', groups: ['dev', 'system:authenticated'] };
const level = (rules: AuditRule[], method: string, url: string, user: typeof jane | undefined = jane) => auditConfig({ rules }, user, parseRequest(method, url)).level;

const pod = '/api/v1/namespaces/default/pods/web';
const rule = (more: Omit<AuditRule, 'level'>): AuditRule => ({ level: 'Metadata', ...more });

test.each<[string, boolean, AuditRule, string, string]>([
  ['everything, without conditions', true, rule({}), 'GET', '/healthz'],
  ['a user', true, rule({ users: ['jane'] }), 'GET', pod],
  ['another user', false, rule({ users: ['joe'] }), 'GET', pod],
  ['a group', true, rule({ userGroups: ['ops', 'dev'] }), 'GET', pod],
  ['another group', false, rule({ userGroups: ['ops'] }), 'GET', pod],
  ['a verb', true, rule({ verbs: ['patch', 'get'] }), 'GET', pod],
  ['another verb', false, rule({ verbs: ['list'] }), 'GET', pod],
  ['a resource', true, rule({ resources: [{ group: '', resources: ['pods'] }] }), 'GET', pod],
  ['a whole group', true, rule({ resources: [{ group: 'apps' }] }), 'GET', '/apis/apps/v1/deployments'],
  ['a resource, not its subresource', false, rule({ resources: [{ group: '', resources: ['pods'] }] }), 'GET', `${pod}/log`],
  ['a subresource', true, rule({ resources: [{ group: '', resources: ['pods/log'] }] }), 'GET', `${pod}/log`],
  ['all resources with all subresources', true, rule({ resources: [{ group: '', resources: ['*'] }] }), 'GET', `${pod}/log`],
  ['the subresource of all', true, rule({ resources: [{ group: '', resources: ['*/log'] }] }), 'GET', `${pod}/log`],
  ['all subresources of one', true, rule({ resources: [{ group: '', resources: ['pods/*'] }] }), 'GET', `${pod}/log`],
  ['all subresources of another', false, rule({ resources: [{ group: '', resources: ['nodes/*'] }] }), 'GET', `${pod}/log`],
  ['a name', true, rule({ resources: [{ group: '', resources: ['pods'], resourceNames: ['web'] }] }), 'GET', pod],
  ['another name', false, rule({ resources: [{ group: '', resources: ['pods'], resourceNames: ['db'] }] }), 'GET', pod],
  ['another group of the API', false, rule({ resources: [{ group: 'apps', resources: ['*'] }] }), 'GET', pod],
  ['a namespace', true, rule({ namespaces: ['default'] }), 'GET', pod],
  ['objects without a namespace', true, rule({ namespaces: [''] }), 'GET', '/api/v1/nodes'],
  ['no path, where a namespace is asked for', false, rule({ namespaces: [''] }), 'GET', '/healthz'],
  ['a path', true, rule({ nonResourceURLs: ['/version'] }), 'GET', '/version'],
  ['a path by its beginning', true, rule({ nonResourceURLs: ['/healthz*'] }), 'GET', '/healthz/etcd'],
  ['no resource by a path', false, rule({ nonResourceURLs: ['*'] }), 'GET', pod],
])('a rule fits %s: %s', (_what, fits, one, method, url) => {
  expect(level([one], method, url)).toBe(fits ? 'Metadata' : 'None');
});

test('the first rule that fits decides, its stages beside those of all', () => {
  const policy: AuditPolicy = {
    omitStages: ['RequestReceived'], omitManagedFields: true,
    rules: [{ level: 'None', verbs: ['watch'] }, { level: 'Request', omitStages: ['Panic'], omitManagedFields: false, verbs: ['get'] }, { level: 'Metadata' }],
  };
  expect(auditConfig(policy, jane, parseRequest('GET', pod))).toEqual({ level: 'Request', omitStages: ['RequestReceived', 'Panic'], omitManagedFields: false });
  expect(auditConfig(policy, jane, parseRequest('PUT', pod))).toEqual({ level: 'Metadata', omitStages: ['RequestReceived'], omitManagedFields: true });
  expect(auditConfig(policy, jane, parseRequest('GET', '/api/v1/pods?watch=1')).level).toBe('None');
});

test('who is unknown fits no rule of users', () => {
  expect(auditConfig({ rules: [rule({ users: ['jane'] })] }, undefined, parseRequest('GET', pod)).level).toBe('None');
  expect(auditConfig({ rules: [rule({})] }, undefined, parseRequest('GET', pod)).level).toBe('Metadata');
});

const head = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n';

test('reads a policy in YAML', () => {
  expect(readAuditPolicy(`${head}omitStages: [RequestReceived]\nrules:\n- level: Request\n  resources:\n  - group: ""\n    resources: [pods]\n- level: None\n`)).toEqual({
    omitStages: ['RequestReceived'], omitManagedFields: false, rules: [{ level: 'Request', resources: [{ group: '', resources: ['pods'] }] }, { level: 'None' }],
  });
});

test.each([
  ['rules: []', 'loaded illegal policy with 0 rules'],
  ['rules: [{level: Loud}]', 'rules[0].level: Unsupported value: "Loud": supported values: "Metadata", "None", "Request", "RequestResponse"'],
  ['rules: [{verbs: [get]}]', 'rules[0].level: Required value'],
  ['rules: [{level: None, nonResourceURLs: ["/a*b", version]}]',
    `[rules[0].nonResourceURLs[0]: Invalid value: "/a*b": non-resource URL wildcards '*' must be the final character of the rule, rules[0].nonResourceURLs[1]: Invalid value: "version": non-resource URL rules must begin with a '/' character]`],
  ['rules: [{level: None, namespaces: [a], nonResourceURLs: [/a]}]', 'rules[0].nonResourceURLs: Invalid value: []string{"/a"}: rules cannot apply to both regular resources and non-resource URLs'],
  ['rules: [{level: None, omitStages: [Later]}]', 'rules[0].omitStages[0]: Invalid value: "Later": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic'],
  ['rules: [{level: None, resources: [{group: apps/v1}]}]', /^rules\[0\].resources.group: Invalid value: "apps\/v1": a lowercase RFC 1123 subdomain/],
  ['rules: [{level: None, resources: [{resourceNames: [a]}]}]', /using resourceNames requires at least one resource$/],
  ['rules: {}', 'rules is not a list'],
  ['rules: [{level: None, users: jane}]', 'rules[0].users is not a list'],
])('refuses %s', (text, why) => {
  expect(() => readAuditPolicy(`${head}${text}`)).toThrow(why);
});

test('refuses what is no policy', () => {
  expect(() => readAuditPolicy('apiVersion: v1\nkind: Pod\n')).toThrow('audit.k8s.io/v1 Policy expected, found v1 Pod');
  expect(() => readAuditPolicy('just text')).toThrow('the policy is not an object');
});
