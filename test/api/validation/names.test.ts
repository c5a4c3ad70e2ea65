import {
  isConfigMapKey, isDNS1035Label, isDNS1123Label, isDNS1123Subdomain, isEnvVarName, isLabelValue, isPortName, isPortNum, isQualifiedName,
  isStrictEnvVarName, isWildcardDNS1123Subdomain, nameIsDNSLabel, nameIsDNSSubdomain, nameIsPathSegment,
} from '../../../src/api/validation';

const long = (length: number) => 'a'.repeat(length);
const subdomainMessage = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
  + "alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelMessage = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric "
  + "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

test.each([
  [isDNS1123Subdomain, 'a.b-c.1', []],
  [isDNS1123Subdomain, 'A', [subdomainMessage]],
  [isDNS1123Subdomain, 'a\n', [subdomainMessage]],
  [isDNS1123Subdomain, long(254), ['must be no more than 253 characters']],
  [isDNS1123Label, 'a-1', []],
  [isDNS1123Label, 'a.b', ['must not contain dots']],
  [isDNS1123Label, 'a_b', [labelMessage]],
  [isDNS1123Label, long(64), ['must be no more than 63 characters']],
  [isDNS1035Label, '1a', ["a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an "
    + "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"]],
  [isWildcardDNS1123Subdomain, '*.a.b', []],
  [isQualifiedName, 'example.com/My_Name', []],
  [isQualifiedName, '/x', ['prefix part must be non-empty']],
  [isQualifiedName, 'a/', ['name part must be non-empty', "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
    + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"]],
  [isQualifiedName, `a/${long(64)}`, ['name part must be no more than 63 characters']],
  [isQualifiedName, 'a/b/c', ["a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
    + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') "
    + "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"]],
  [isLabelValue, '', []],
  [isPortName, 'http', []],
  [isPortName, '-1--', ['must contain at least one letter (a-z)', 'must not contain consecutive hyphens', 'must not begin or end with a hyphen']],
  [isPortName, 'Aaaaaaaaaaaaaaaa', ['must be no more than 15 characters', 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']],
  [isConfigMapKey, 'a.b_C-1', []],
  [isConfigMapKey, '..', ["must not be '..'"]],
  [isConfigMapKey, '..a', ["must not start with '..'"]],
  [isEnvVarName, 'MY VAR', []],
  [isEnvVarName, 'A=B', ["a valid environment variable name must consist only of printable ASCII characters other than '='"]],
  [isEnvVarName, '', ['environment variable name must be non-empty']],
  [isStrictEnvVarName, 'A_B', []],
])('%p(%s)', (rule, value, messages) => expect(rule(value)).toEqual(messages));

test('numbers', () => {
  expect(isPortNum(80)).toEqual([]);
  expect(isPortNum(0)).toEqual(['must be between 1 and 65535, inclusive']);
});

test('a generateName may end in a dash', () => {
  expect(nameIsDNSSubdomain('web-', true)).toEqual([]);
  expect(nameIsDNSLabel('web-', false)).toEqual([labelMessage]);
  expect(nameIsPathSegment('a/b%', false)).toEqual(["may not contain '/'", "may not contain '%'"]);
  expect(nameIsPathSegment('..', false)).toEqual(["may not be '..'"]);
});
