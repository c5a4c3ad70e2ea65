import { isImageReference } from '../../../../src/cli/verbs/run/image-reference';

it.each([
  'nginx', 'nginx:1.27', 'library/nginx', 'registry:5000/team/web:v1', 'registry.example.com/a/b/c@sha256:' + 'a'.repeat(64),
  '[::1]:5000/web', 'a__b/c.d-e', 'Registry/web',
])('%s names an image', (text) => expect(isImageReference(text)).toBe(true));

it.each(['', 'UPPER', 'a b', 'a:', 'a:tag:tag', '/a', 'a//b', 'a@sha256:abc', 'a..b', '-a', `a:${'t'.repeat(129)}`])('%s does not', (text) =>
  expect(isImageReference(text)).toBe(false));
