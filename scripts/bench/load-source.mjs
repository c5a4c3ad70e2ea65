import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../lib/cluster.mjs';

/** What the given exports of TypeScript sources are; bundled beside the packages that stay outside the bundle. */
export async function loadSource(contents) {
  const directory = join(root, 'node_modules/.cache/knarr-bench');
  const outfile = join(directory, `source.${process.pid}.cjs`);
  mkdirSync(directory, { recursive: true });
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' }, absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', format: 'cjs',
    outfile, external: ['lmdb', 'cpu-features'], loader: { '.node': 'empty' }, logLevel: 'error',
  });
  try {
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(outfile);
  }
}
