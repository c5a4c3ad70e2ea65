// node scripts/build.mjs [hot] [cli] [daemon]: the bundles under dist/ that the package publishes.
//   hot.cjs     where every start begins: the common reads, small, no dependencies
//   cli.chunks  every command, in chunks that hot.cjs loads with V8's code cache when a command needs them
//   daemon.cjs  the cluster; what is native stays outside; with the data files that it reads beside it
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildChunks } from './build/chunks.mjs';
import { dataFiles } from './generate/data-files.mjs';
import { oclifDiet } from './build/oclif-diet.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

const common = {
  absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning',
  external: ['lmdb', 'cpu-features'], legalComments: 'none', minifySyntax: true, minifyWhitespace: true,
  loader: { '.node': 'empty' },
  // A real import() starts node's ES module loader, 4 ms.
  supported: { 'dynamic-import': false },
};

const bundles = {
  hot: { entryPoints: ['src/cli/hot/main.ts'], minifyIdentifiers: true },
  cli: { entryPoints: ['src/main/entry.ts'], plugins: [oclifDiet] },
  daemon: { entryPoints: ['src/cluster/main.ts'] },
};

export async function buildAll(names = Object.keys(bundles)) {
  await mkdir(dist, { recursive: true });
  await Promise.all(names.map(buildOne));
}

async function buildOne(name) {
  if (name === 'cli') return buildCli();
  const outfile = join(dist, `${name}.cjs`);
  const { outputFiles: [output] } = await build({ ...common, ...bundles[name], outfile, write: false });
  await replace(outfile, output.contents);
  if (name === 'daemon') await Promise.all(dataFiles.map(async (file) => replace(join(dist, basename(file)), await readFile(file))));
}

async function buildCli() {
  const contents = await buildChunks({ ...common, ...bundles.cli });
  await rm(join(dist, 'code-cache'), { recursive: true, force: true });
  await replace(join(dist, 'cli.chunks'), contents);
}

/** Whoever runs a bundle meanwhile sees the old one or the new one. */
async function replace(file, contents) {
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, contents);
  await rename(temporary, file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll(process.argv.length > 2 ? process.argv.slice(2) : undefined);
