// node scripts/complete-lock.mjs: adds the optional packages of other platforms that npm left out of package-lock.json.
// npm drops what its registry does not answer for, and `npm ci` then refuses the lockfile on every machine. The entries
// need no more than a version and the platform: they are never installed here.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const platform = /(android|darwin|freebsd|linux|openharmony|win32)-(arm64|x64|ia32|arm|ppc64|s390x|riscv64|loong64)(?:-(gnu|musl|eabi|gnueabihf|musleabihf|msvc))?$/;
const libcs = { gnu: 'glibc', musl: 'musl', gnueabihf: 'glibc', musleabihf: 'musl' };

function entryFor(name, version, owner) {
  const [, os, cpu, abi] = platform.exec(name) ?? [];
  if (!os) throw new Error(`${name}: no platform in its name; add it to package-lock.json by hand`);
  return {
    version, cpu: [cpu], ...(owner.dev && { dev: true }),
    ...(os === 'linux' && libcs[abi] && { libc: [libcs[abi]] }), optional: true, os: [os],
  };
}

/** The optional dependencies that the lockfile names but does not hold: [name, version, owner]. */
export function missingOptionals(packages) {
  return Object.values(packages).flatMap((owner) =>
    Object.entries(owner.optionalDependencies ?? {})
      .filter(([name]) => platform.test(name) && !packages[`node_modules/${name}`])
      .map(([name, version]) => [name, version, owner]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, version, owner] of missingOptionals(lock.packages)) lock.packages[`node_modules/${name}`] = entryFor(name, version, owner);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
