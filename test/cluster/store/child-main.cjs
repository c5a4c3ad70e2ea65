// Runs TypeScript sources without jest: node child-main.cjs <open|write> <directory>
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

const { openLmdbStore } = require('../../../src/cluster/store/index.ts');
const [task, directory] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${line}\n`);

const tasks = {
  async open() {
    await (await openLmdbStore(directory)).close();
    say('ok');
  },
  async write() {
    const store = await openLmdbStore(directory);
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
