import { findCommand, type CommandTree } from '../../../src/cli/argv/find';
import { globalFlags } from '../../../src/cli/flags/global';

const commands = ['get', 'top', 'run', 'config view', 'config use-context'];
const tree: CommandTree = {
  canonical: (path) => (path === 'config use' ? 'config use-context' : path),
  has: (path) => commands.includes(path),
  isGroup: (path) => path === 'config',
  names: () => ['config', 'get', 'run', 'top'],
};
const find = (line: string) => findCommand(line.split(' ').filter(Boolean), tree, globalFlags, 'kubectl');

test.each([
  ['', '', ''],
  ['--help', '', '--help'],
  ['get pods', 'get', 'pods'],
  ['-n x get pods', 'get', '-n x pods'],
  ['-nx get pods', 'get', '-nx pods'],
  ['--namespace=get get pods', 'get', '--namespace=get pods'],
  ['-n get get get', 'get', '-n get get'],
  ['get -n get get', 'get', '-n get get'],
  ['--insecure-skip-tls-verify get x', 'get', '--insecure-skip-tls-verify x'],
  ['config view --raw', 'config view', '--raw'],
  ['config --context a view', 'config view', '--context a'],
  ['--context a config -n b use-context c', 'config use-context', '--context a -n b c'],
  ['config', 'config', ''],
  ['config foo', 'config', 'foo'],
  ['config use x', 'config use-context', 'x'],
  ['run config', 'run', 'config'],
  ['run -- get', 'run', '-- get'],
])('%s', (line, path, argv) => {
  expect(find(line)).toEqual({ path, argv: argv.split(' ').filter(Boolean) });
});

test.each([
  ['gte pods', 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n'],
  ['foo', 'error: unknown command "foo" for "kubectl"\n\nDid you mean this?\n\ttop\n'],
  ['foobarbaz', 'error: unknown command "foobarbaz" for "kubectl"'],
  ['--foo get pods', 'Error: flags cannot be placed before plugin name: --foo'],
  ['-A get pods', 'Error: flags cannot be placed before plugin name: -A'],
])('refuses %s', (line, text) => {
  expect(() => find(line)).toThrow(expect.objectContaining({ message: text }));
});
