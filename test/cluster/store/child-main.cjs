// Runs TypeScript sources without jest: node child-main.cjs <open|write|grow> <directory> [bytes of a log file]
const { readFileSync, existsSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename, jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const { dirname, join } = require('node:path');
  if (request.startsWith('.') && parent) {
    const base = join(dirname(parent.filename), request);
    for (const candidate of [`${base}.ts`, join(base, 'index.ts')]) if (existsSync(candidate)) return candidate;
  }
  return resolve(request, parent, ...rest);
};

const { openDiskStore } = require('../../../src/cluster/store/index.ts');
const [task, directory, logFileBytes] = process.argv.slice(2);
const openStore = () => openDiskStore(directory, logFileBytes ? { logFileBytes: Number(logFileBytes) } : {});
const say = (line) => process.stdout.write(`${line}\n`);

const tasks = {
  async open() {
    await (await openStore()).close();
    say('ok');
  },
  /** Ever larger objects until one is refused, and then a small one. */
  async grow() {
    const store = await openStore();
    const write = async (name, size) => {
      const { key, revision } = await store.create(`/a/${name}`, (resourceVersion) =>
        ({ metadata: { name, resourceVersion: String(resourceVersion) }, data: 'x'.repeat(size) }));
      say(`${key} ${revision}`);
    };
    const grown = async () => { for (let size = 1000; ; size *= 2) await write(String(size), size); };
    await grown().catch((error) => say(`${error.code}: ${error.message}`));
    await write('small', 10);
    process.exit(0);
  },
  async write() {
    const store = await openStore();
    const writer = async (id) => {
      for (let n = 0; ; n++) {
        const { key, revision } = await store.create(`/a/${id}/${n}`, (resourceVersion) =>
          ({ metadata: { name: `${n}`, resourceVersion: String(resourceVersion) }, data: 'x'.repeat(1000) }));
        say(`${key} ${revision}`);
      }
    };
    await Promise.all([writer('one'), writer('two'), writer('three')]);
  },
};

tasks[task]().catch((error) => {
  say(error.code ? `${error.code}: ${error.message}` : String(error));
  process.exit(0);
});
