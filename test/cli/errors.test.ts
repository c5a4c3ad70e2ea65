import { ApiError, conflict, invalid, notFound, unauthorized } from '../../src/api/errors';
import { ConnectionError } from '../../src/client/http/connection-error';
import { UsageError } from '../../src/cli/argv/errors';
import { ErrorList, ExitError, outcomeOf, throwAll, withSource } from '../../src/cli/errors';

const pods = { group: '', plural: 'pods' };
const kind = { group: 'apps', kind: 'Deployment' };
const required = (field: string) => ({ type: 'FieldValueRequired' as const, field, message: 'Required value' });

test.each([
  [notFound(pods, 'x'), 'Error from server (NotFound): pods "x" not found\n'],
  [conflict({ group: 'apps', plural: 'deployments' }, 'x', 'why'), 'Error from server (Conflict): Operation cannot be fulfilled on deployments.apps "x": why\n'],
  [unauthorized(), 'error: You must be logged in to the server (Unauthorized)\n'],
  [invalid(kind, 'web', [required('spec.a')]), 'The Deployment "web" is invalid: spec.a: Required value\n'],
  [invalid(kind, 'web', [required('spec.a'), required('spec.b'), required('spec.a')]), 'The Deployment "web" is invalid: \n* spec.a: Required value\n* spec.b: Required value\n'],
  [new ApiError('Invalid', 'the server rejected it'), 'The request is invalid: the server rejected it\n'],
  [new ConnectionError('dial', '127.0.0.1:1', true), 'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n'],
  [new ConnectionError('EOF', 'h:1', false), 'Unable to connect to the server: EOF\n'],
  [new Error('plain'), 'error: plain\n'],
  [new Error('error: once'), 'error: once\n'],
  [new UsageError('Error: as it is'), 'Error: as it is\n'],
  [new ErrorList([notFound(pods, 'a'), new Error('plain')]), 'Error from server (NotFound): pods "a" not found\nplain\n'],
  [withSource('creating', 'f.yaml', notFound(pods, 'a')), 'Error from server (NotFound): error when creating "f.yaml": pods "a" not found\n'],
  [withSource('creating', 'f.yaml', new Error('x')), 'error: error when creating "f.yaml": x\n'],
])('%s', (error, text) => {
  expect(outcomeOf(error)).toEqual({ text, exitCode: 1 });
});

test('an end without words, with its exit code', () => {
  expect(outcomeOf(new ExitError(3))).toEqual({ text: '', exitCode: 3 });
});

test('collected errors: none, the one, all', () => {
  const [a, b] = [new Error('a'), new Error('b')];
  expect(() => throwAll([])).not.toThrow();
  expect(() => throwAll([a])).toThrow(a);
  expect(() => throwAll([a, b])).toThrow(expect.objectContaining({ name: 'ErrorList', errors: [a, b] }));
});
