/**
 * npm run images: the images of the examples and tests, made from Debian packages for machines that reach no image
 * registry. Images that exist are left alone, so real ones that were pulled before stay.
 */
import { mkdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import Docker from 'dockerode';
import { build } from 'esbuild';
import { busybox } from './images/busybox.mjs';
import { nginx } from './images/nginx.mjs';
import { redis } from './images/redis.mjs';
import { socat } from './images/socat.mjs';

const root = resolve(import.meta.dirname, '..');

/** The product makes its node image with the same code; it is TypeScript, so it is bundled first. */
async function imageTools() {
  const outfile = resolve(root, 'node_modules/.cache/knarr/image-tools.cjs');
  await mkdir(resolve(outfile, '..'), { recursive: true });
  await build({ entryPoints: [resolve(root, 'src/runtime/docker/node/image/index.ts')], outfile, bundle: true, platform: 'node', format: 'cjs', packages: 'external', logLevel: 'error' });
  return (await import(pathToFileURL(outfile))).default;
}

async function missingNames(docker, names, tools) {
  const present = await Promise.all(names.map((name) => tools.imageExists(docker, name)));
  return names.filter((_, index) => !present[index]);
}

async function ensure(docker, recipe, tools) {
  const missing = await missingNames(docker, recipe.names, tools);
  const [first] = recipe.names;
  if (missing.length === 0) return say(`${recipe.names.join(', ')}: there already`);
  if (!missing.includes(first)) {
    for (const name of missing) await tools.tagImage(docker, first, name);
    return say(`${missing.join(', ')}: tagged from ${first}`);
  }
  const files = await tools.debianFiles(recipe.packages(tools), (step) => say(`${first}: ${step}`));
  try {
    await tools.importImage(docker, { names: missing, changes: recipe.changes, entries: await recipe.entries(files, tools) });
  } finally {
    await files.close();
  }
  const { Size } = await docker.getImage(first).inspect();
  say(`${missing.join(', ')}: made, ${(Size / 1e6).toFixed(1)} MB`);
}

const say = (line) => process.stdout.write(`${line}\n`);

async function main() {
  const docker = new Docker();
  await docker.ping().catch((error) => {
    throw new Error(`no Docker engine answers (${error.message}): start it, then run \`npm run images\` again`);
  });
  const tools = await imageTools();
  for (const recipe of [busybox, nginx, redis, socat]) await ensure(docker, recipe, tools);
}

main().catch((error) => {
  process.stderr.write(`images: ${error.stderr || error.message}\n`);
  process.exitCode = 1;
});
