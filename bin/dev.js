#!/usr/bin/env node
// knarr from source: builds the command line (half a second) and runs it. The daemon is left as it was built last.
'use strict';
const { join } = require('node:path');

const root = join(__dirname, '..');
import(join(root, 'scripts/build.mjs')).then(async ({ buildAll }) => {
  await buildAll(['hot', 'cli']);
  return require(join(root, 'dist/hot.cjs')).start(process.argv.slice(2), join(root, 'dist'));
});
