import { resolve } from 'node:path';
import { readCapacity } from '../../cluster/capacity';
import { flagTable, type FlagValues } from '../../flags/spec';
import type { StartOptions } from './start';

export const startFlags = flagTable({
  'api-port': { type: 'int', help: 'Port of the API on 127.0.0.1 (default: that of the last start, else 6443, else a free one).' },
  'audit-log-maxage': { type: 'int', help: 'Days to keep audit logs that were put aside (0: for ever).' },
  'audit-log-maxbackup': { type: 'int', help: 'How many audit logs that were put aside to keep (0: all).' },
  'audit-log-maxsize': { type: 'int', default: 100, help: 'Megabytes at which the audit log is put aside.' },
  'audit-log-path': { type: 'string', help: 'File that audit events are appended to, one JSON object a line.' },
  'audit-policy-file': { type: 'string', help: 'audit.k8s.io/v1 Policy that says which requests are written down.' },
  'cpus': { type: 'string', help: 'Processors of each new node, as pods see them (default: all of the machine).' },
  'http-port': { type: 'int', help: 'Port of Ingresses on 127.0.0.1 (default: that of the last start, else 80, else 8080, else a free one).' },
  'https-port': { type: 'int', help: 'The same for HTTPS (default: that of the last start, else 443, else 8443, else a free one).' },
  'legacy-apis': { type: 'bool', help: 'Serve old versions that Kubernetes has given up, too: extensions/v1beta1, apps/v1beta2, …' },
  'memory': { type: 'string', help: 'Memory of each new node, as pods see it: 4Gi (default: all of the machine).' },
  'nodes': { type: 'int', default: 1, help: 'How many nodes there are to be, at least.' },
  'output': { type: 'string', short: 'o', help: 'json: one event a line, for scripts.' },
  'runtime-config': { type: 'string', help: 'APIs to serve or not: api/beta=true, group/version=true, separated by commas.' },
  'token-auth-file': { type: 'string', help: 'CSV of static tokens: token,user,uid,"group,group".' },
  'runtime': { type: 'string', default: 'auto', help: 'docker: real containers; sim: simulated ones; auto: docker where an engine answers.' },
});

/** As many as there are ranges for pods. */
const nodesMax = 5000;

const runtimes = ['auto', 'docker', 'sim'] as const;

/** Throws for a value that is none of a flag's. */
export function readStartFlags(flags: FlagValues<typeof startFlags>): Pick<StartOptions, 'runtime' | 'output' | 'apiPort' | 'httpPort' | 'httpsPort' | 'nodes' | 'capacity' | 'audit' | 'tokenAuthFile' | 'runtimeConfig' | 'legacyApis'> {
  const runtime = runtimes.find((name) => name === flags.runtime);
  if (!runtime) throw new Error(`--runtime is one of ${runtimes.join(', ')}, not "${flags.runtime}"`);
  const [port, httpPort, httpsPort] = (['api-port', 'http-port', 'https-port'] as const).map((name) => {
    if (flags[name] < 0 || flags[name] > 65535) throw new Error(`--${name} ${flags[name]} is no port`);
    return flags[name];
  });
  if (flags.nodes < 1 || flags.nodes > nodesMax) throw new Error(`--nodes ${flags.nodes} is not between 1 and ${nodesMax}`);
  const capacity = readCapacity(flags);
  const tokenAuthFile = flags['token-auth-file'];
  return { runtime, output: readOutput(flags.output), ...(port && { apiPort: port }), ...(httpPort && { httpPort }), ...(httpsPort && { httpsPort }), nodes: flags.nodes, ...(capacity && { capacity }), ...readAudit(flags), ...(tokenAuthFile && { tokenAuthFile: resolve(tokenAuthFile) }), ...readApis(flags) };
}

const readApis = (flags: FlagValues<typeof startFlags>): Pick<StartOptions, 'runtimeConfig' | 'legacyApis'> =>
  ({ ...(flags['runtime-config'] && { runtimeConfig: flags['runtime-config'] }), ...(flags['legacy-apis'] && { legacyApis: true }) });

function readAudit(flags: FlagValues<typeof startFlags>): Pick<StartOptions, 'audit'> {
  const [policyFile, path] = [flags['audit-policy-file'], flags['audit-log-path']];
  const limits = { maxAgeDays: flags['audit-log-maxage'], maxBackups: flags['audit-log-maxbackup'], maxSizeMB: flags['audit-log-maxsize'] };
  for (const name of ['audit-log-maxage', 'audit-log-maxbackup', 'audit-log-maxsize'] as const) {
    if (flags[name] < 0) throw new Error(`--${name} ${flags[name]} can't be a negative number`);
  }
  if (!policyFile && !path) return {};
  if (!policyFile) throw new Error('--audit-log-path needs --audit-policy-file, which says what is written');
  if (!path) throw new Error('--audit-policy-file needs --audit-log-path, which says where it is written');
  if (path === '-') throw new Error('--audit-log-path - is standard output, which the daemon does not have; name a file');
  return { audit: { policyFile: resolve(policyFile), path: resolve(path), ...limits } };
}

export function readOutput(output: string): 'text' | 'json' {
  if (output !== '' && output !== 'json') throw new Error(`--output is json or nothing, not "${output}"`);
  return output === 'json' ? 'json' : 'text';
}
