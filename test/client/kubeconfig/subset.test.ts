import { parse } from 'yaml';
import { readSubset } from '../../../src/client/kubeconfig/subset';

const written = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: LS0tLS1CRUdJTg==
    server: https://127.0.0.1:6443
  name: knarr
contexts:
- context:
    cluster: knarr
    namespace: dev
    user: knarr
  name: knarr
current-context: knarr
kind: Config
preferences: {}
users:
- name: knarr
  user:
    client-certificate-data: LS0t
    exec:
      args:
      - --a
      - b
`;

test('reads what kubectl writes', () => {
  const plainArgs = written.replace('- --a\n', '- a\n');
  expect(readSubset(plainArgs)).toEqual(parse(plainArgs));
});

test.each([
  ['indented sequences', 'clusters:\n  - name: a\n    cluster:\n      server: https://x\n'],
  ['quotes', 'a: "b c"\nd: \'e: f\'\ng: ""\n'],
  ['comments and blank lines', '# one\n\na: b\n  # two\nc: d\n'],
  ['null values', 'users: null\ncontexts:\nkind: Config\n'],
  ['booleans', 'a: true\nb: false\n'],
  ['empty', ''],
])('%s', (_name, text) => {
  expect(readSubset(text)).toEqual(parse(text) ?? {});
});

test.each([
  ['numbers', 'a: 1\n'], ['words of YAML 1.1', 'a: yes\n'], ['flow', 'a: {b: c}\n'], ['anchors', 'a: &x b\n'], ['folded', 'a: >\n  b\n'],
  ['escapes', 'a: "\\n"\n'], ['trailing comments', 'a: b # c\n'], ['tabs', 'a:\n\tb: c\n'], ['two documents', 'a: b\n---\nc: d\n'],
  ['duplicate keys', 'a: b\na: c\n'], ['colons', 'a: b: c\n'], ['stray dedent', 'a:\n    b: c\n  d: e\n'], ['multi-line plain', 'a: b\n  c\n'],
  ['dashes within dashes', 'a:\n- - b\n'],
])('leaves %s to the full parser', (_name, text) => {
  expect(readSubset(text)).toBeUndefined();
});
