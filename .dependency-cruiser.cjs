/**
 * The import table of docs/architecture.md as rules. Describing an object needs `describers`, the one door to kinds.
 * `only(from, allowed)`: files under `from` import, inside src/, from nothing but themselves and `allowed`.
 */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} imports from src/ only: itself, ${allowed.join(', ') || 'nothing else'}`,
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...allowed.map((folder) => `^src/${folder}`)] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('api', 'api', []),
    only('kinds', 'kinds', ['api/']),
    only('spdy', 'spdy', []),
    only('client', 'client', ['api/', 'spdy/']),
    only('runtime', 'runtime', ['api/']),
    only('store', 'cluster/store', ['api/']),
    only('apiserver', 'cluster/apiserver', ['api/', 'kinds/', 'spdy/', 'cluster/store/']),
    only('controllers', 'cluster/controllers', ['api/', 'client/', 'kinds/']),
    only('scheduler', 'cluster/scheduler', ['api/', 'client/', 'kinds/']),
    only('kubelet', 'cluster/kubelet', ['api/', 'client/', 'kinds/', 'runtime/(port|README)']),
    only('network', 'cluster/network', ['api/', 'client/', 'kinds/', 'runtime/(port|README)']),
    only('daemon', 'cluster/daemon', ['api/', 'kinds/', 'client/', 'runtime/', 'cluster/']),
    only('cli', 'cli', ['api/', 'client/', 'kinds/(describe|describers|convert|reach|service-way)\\.ts$']),
    only('commands', 'commands', ['api/', 'client/', 'cli/']),
    only('main', 'main', ['api/', 'client/', 'cli/', 'commands/']),
    {
      name: 'dockerode-lives-in-runtime-docker',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/runtime/docker/' },
      to: { path: 'node_modules/(dockerode|docker-modem)/' },
    },
    {
      name: 'api-is-pure',
      severity: 'error',
      comment: 'the machinery does no I/O: no node core modules but buffer and crypto',
      from: { path: '^src/(api|kinds)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|crypto)$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/api/generated/' },
  },
};
