'use strict';
// The rows of the conformance suite, and where each of them is shown. CommonJS, so that jest and scripts share it.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const facts = join(__dirname, '../facts/conformance-1.28.tsv');
const folder = 'test/conformance';

function readRows() {
  return readFileSync(facts, 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
    const [source, codename] = line.split('\t');
    return { codename, area: areaOf(source), file: testFileOf(source) };
  });
}

/** The folder below test/e2e: `apimachinery`, `common/node`. */
function areaOf(source) {
  return source.replace(/^test\/e2e\//, '').replace(/\/[^/]*$/, '');
}

/** test/e2e/apimachinery/crd_watch.go → test/conformance/apimachinery/crd-watch.test.ts */
function testFileOf(source) {
  return source.replace(/^test\/e2e/, folder).replace(/\.go$/, '.test.ts').replaceAll('_', '-');
}

/** What stands before the reason in the title of a row that no test can show on this kind of machine. */
const unshowableMark = ' -- cannot be shown: ';

module.exports = { readRows, testFileOf, unshowableMark };
