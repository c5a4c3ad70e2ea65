import { execFileSync, spawnSync } from 'node:child_process';
import { kubectlPath, oracleCache, oracleMissing } from '../../scripts/lib/oracle.cjs';

export { helmPath, kubectlPath, oracleMissing, type Layer } from '../../scripts/lib/oracle.cjs';

/** `describe`, or a skipped one whose title says why. */
export function describeWithOracle(title: string, tests: () => void): void {
  const missing = oracleMissing();
  if (missing) describe.skip(`${title} (${missing})`, tests);
  else describe(title, tests);
}

export interface Outcome {
  stdout: string;
  stderr: string;
  code: number;
}

/** kubectl keeps a cache under its home directory. */
const environment = { PATH: process.env.PATH, HOME: oracleCache, KUBECONFIG: '/dev/null' };

/** Runs the real kubectl without any cluster or configuration. */
export function kubectl(args: string[], stdin: string | Buffer = '', cwd?: string): Outcome {
  const { stdout, stderr, status } = spawnSync(kubectlPath(), args, { cwd, input: stdin, env: environment, timeout: 20_000, maxBuffer: 64 * 1024 * 1024 });
  return { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), code: status ?? -1 };
}

/** The real kubectl's stdout; throws unless it exits with 0. */
export function kubectlOutput(args: string[], stdin: string | Buffer = ''): string {
  return execFileSync(kubectlPath(), args, { input: stdin, env: environment, timeout: 20_000, maxBuffer: 64 * 1024 * 1024, stdio: ['pipe', 'pipe', 'pipe'] }).toString('utf8');
}
