import { explain } from '../../../../src/cli/verbs/explain/explain';
import { explainFlags } from '../../../../src/cli/verbs/explain/flags';
import { parseTarget } from '../../../../src/cli/verbs/explain/target';
import { indent, wrap } from '../../../../src/cli/verbs/explain/wrap';
import { outcomeOf } from '../../../../src/cli/errors';
import { inputOf, testSession } from '../../session';
import { snapshot } from '../../snapshot';

const gvk = { group: 'stable.example.com', version: 'v2', kind: 'CronTab' };
const document = {
  paths: { '/apis/stable.example.com/v2/namespaces/{namespace}/crontabs': { get: { 'x-kubernetes-group-version-kind': gvk } } },
  components: { schemas: {
    CronTab: {
      'type': 'object', 'description': 'A tab.', 'x-kubernetes-group-version-kind': [gvk], 'required': ['spec'],
      'properties': {
        spec: { allOf: [{ $ref: '#/components/schemas/Spec' }], description: 'What is wanted.' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
    Spec: {
      type: 'object', description: 'Spec of a tab.', properties: {
        jobs: { type: 'array', items: { $ref: '#/components/schemas/Spec' }, description: 'Inner ones.' },
        mode: { type: 'string', enum: ['', 'A', 'B', 'C', 'D'] },
        when: { $ref: '#/components/schemas/Time' },
      },
    },
    Time: { type: 'string', format: 'date-time' },
  } },
};
const routes = {
  'GET /openapi/v3': { paths: { 'apis/stable.example.com/v2': { serverRelativeURL: '/openapi/v3/apis/stable.example.com/v2?hash=1' } } },
  'GET /openapi/v3/apis/stable.example.com/v2?hash=1': document,
};

async function run(line: string) {
  const session = testSession({ routes });
  const outcome = await explain(session, inputOf(line.split(' ').filter(Boolean), explainFlags)).then(() => ({ text: '', exitCode: 0 }), outcomeOf);
  return { out: session.stdout(), err: session.stderr() + outcome.text };
}

const head = 'GROUP:      stable.example.com\nKIND:       CronTab\nVERSION:    v2\n\n';

test.each([
  ['ct', `${head}DESCRIPTION:\n    A tab.\n    \nFIELDS:\n  labels\t<map[string]string>\n    <no description>\n\n  spec\t<Spec> -required-\n    What is wanted.\n\n\n`],
  ['ct.spec.mode', `${head}FIELD: mode <string>\nENUM:\n    ""\n    A\n    B\n    C\n    D\n\nDESCRIPTION:\n    <empty>\n\n`],
  ['ct.spec.jobs.when', `${head}FIELD: when <string>\n\n\nDESCRIPTION:\n    <empty>\n\n`],
  ['ct --recursive', `${head}DESCRIPTION:\n    A tab.\n    \nFIELDS:\n  labels\t<map[string]string>\n  spec\t<Spec> -required-\n    jobs\t<[]Spec>\n    mode\t<string>\n    enum: "", A, B, C, ....\n    when\t<string>\n\n`],
])('%s', async (line, out) => {
  expect(await run(line)).toEqual({ out, err: '' });
});

test.each([
  ['', '', 'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n'],
  ['a b', '', 'error: We accept only this format: explain RESOURCE\n'],
  ['foo', '', 'the server doesn\'t have a resource type "foo"\n'],
  ['ct.nope', head, 'error: field "nope" does not exist\n'],
  ['ct --api-version=other/v1', '', 'error: couldn\'t find resource for "other/v1, Resource=crontabs"\n'],
  ['ct --output=x', '', 'error: unrecognized format: x\n'],
  ['ct[0]', '', 'error: invalid jsonpath syntax, first node must be field node\n'],
])('refuses %s', async (line, out, err) => {
  expect(await run(line)).toEqual({ out, err });
});

test.each([
  ['pods', 'pods', []], ['pods.spec.x', 'pods', ['spec', 'x']], ['deployments.apps', 'deployments', []], ['deployments.apps.spec', 'deployments', ['spec']],
  ['deploy.apps', 'deployments', ['apps']], ['events.events.k8s.io', 'events', ['events', 'k8s', 'io']], ['pods.', 'pods', []],
])('%s', (argument, resource, fields) => {
  expect(parseTarget(argument, snapshot, true)).toMatchObject({ resource: { resource }, fields });
});

test('lines break at spaces; long words stay whole', () => {
  expect(wrap(10, 'one two three four')).toBe('one two\nthree four');
  expect(wrap(5, 'aaaaaaaaaa bb')).toBe('aaaaaaaaaa\nbb');
  expect(wrap(10, 'a\n\nb  c ')).toBe('a\n\nb  c ');
  expect(indent(2, 'a\n\nb')).toBe('  a\n  \n  b');
});
