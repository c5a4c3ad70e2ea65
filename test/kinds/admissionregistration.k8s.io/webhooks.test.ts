import { mutatingWebhookConfiguration } from '../../../src/kinds/admissionregistration.k8s.io/mutatingwebhookconfiguration/kind';
import { validatingWebhookConfiguration } from '../../../src/kinds/admissionregistration.k8s.io/validatingwebhookconfiguration/kind';
import { createErrors, defaulted } from '../create';
import { row, titles } from '../row';

const rule = { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] };
const webhook = { name: 'a.b.c', sideEffects: 'None', admissionReviewVersions: ['v1'], clientConfig: { service: { namespace: 'n', name: 's' } }, rules: [rule] };
const errorsOf = (more: object) => createErrors(validatingWebhookConfiguration, { webhooks: [{ ...webhook, ...more }] });

test('defaults', () => {
  expect(defaulted(mutatingWebhookConfiguration, { webhooks: [webhook] }).webhooks![0]).toMatchObject({
    failurePolicy: 'Fail', matchPolicy: 'Equivalent', timeoutSeconds: 10, namespaceSelector: {}, objectSelector: {}, reinvocationPolicy: 'Never', rules: [{ scope: '*' }], clientConfig: { service: { port: 443 } },
  });
  expect(defaulted(validatingWebhookConfiguration, { webhooks: [webhook] }).webhooks![0]).not.toHaveProperty('reinvocationPolicy');
});

test.each<[string, object, string[]]>([
  ['good', {}, []],
  ['short name', { name: 'a.b' }, ['webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots']],
  ['star and more', { rules: [{ ...rule, operations: ['*', 'CREATE'] }] }, ["webhooks[0].rules[0].operations: Invalid value: []string{\"*\", \"CREATE\"}: if '*' is present, must not specify other operations"]],
  ['unknown operation', { rules: [{ ...rule, operations: ['READ'] }] }, ['webhooks[0].rules[0].operations[0]: Unsupported value: "READ": supported values: "*", "CONNECT", "CREATE", "DELETE", "UPDATE"']],
  ['side effects', { sideEffects: null }, ['webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun']],
  ['timeout', { timeoutSeconds: 31 }, ['webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds']],
  ['a URL', { clientConfig: { url: 'http://me@?a=b#c' } }, [
    `webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
    'webhooks[0].clientConfig.url: Invalid value: "": host must be specified; desired format: https://host[/path]',
    'webhooks[0].clientConfig.url: Invalid value: "me": user information is not permitted in the URL',
    'webhooks[0].clientConfig.url: Invalid value: "c": fragments are not permitted in the URL',
    'webhooks[0].clientConfig.url: Invalid value: "a=b": query parameters are not permitted in the URL',
  ]],
  ['the path of a service', { clientConfig: { service: { namespace: 'n', name: 's', path: 'a/B/' } } }, [
    `webhooks[0].clientConfig.service.path: Invalid value: "a/B/": must start with a '/'`,
    'webhooks[0].clientConfig.service.path: Invalid value: "a/B/": segment[0] may not be empty',
    expect.stringMatching(/^webhooks\[0\].clientConfig.service.path: Invalid value: "a\/B\/": segment\[1\]: a lowercase RFC 1123 subdomain/),
  ]],
  ['no client', { clientConfig: {} }, ['webhooks[0].clientConfig: Required value: exactly one of url or service is required']],
  ['versions', { admissionReviewVersions: ['v2'] }, ['webhooks[0].admissionReviewVersions: Invalid value: []string{"v2"}: must include at least one of v1, v1beta1']],
])('%s', (_, more, expected) => expect(errorsOf(more)).toEqual(expected));

test('names are unique; columns', () => {
  expect(createErrors(mutatingWebhookConfiguration, { webhooks: [webhook, webhook] })).toEqual(['webhooks[1].name: Duplicate value: "a.b.c"']);
  expect(titles(mutatingWebhookConfiguration)).toBe('Webhooks, Age');
  expect(row(mutatingWebhookConfiguration, { webhooks: null })).toBe('0 60m');
});
