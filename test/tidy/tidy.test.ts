import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n').filter((file) => file && existsSync(join(root, file)));
const sources = tracked.filter((file) => /^(src|bin|scripts)\/.*\.(ts|mjs|js)$/.test(file));
const lines = (file: string) => readFileSync(join(root, file), 'utf8').split('\n');

const fileLinesMax = 400;
const readmeLinesMax = 10;

describe('the few hard limits', () => {
  it(`keeps every source file under ${fileLinesMax} lines`, () => {
    expect(sources.filter((file) => lines(file).length > fileLinesMax + 1)).toEqual([]);
  });

  it('has a short README in every folder directly under src and src/cluster', () => {
    const folders = ['src', 'src/cluster'].flatMap((parent) =>
      readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${parent}/${entry.name}`));
    const wrong = folders.filter((folder) => {
      const readme = join(root, folder, 'README.md');
      return !existsSync(readme) || readFileSync(readme, 'utf8').trimEnd().split('\n').length > readmeLinesMax;
    });
    expect(wrong).toEqual([]);
  });

  it('leaves no unfinished work behind', () => {
    const unfinished = /\b(TODO|FIXME|XXX)\b|not yet implemented/;
    const found = sources.filter((file) => !file.startsWith('scripts/facts')).flatMap((file) =>
      lines(file).flatMap((text, index) => (unfinished.test(text) ? [`${file}:${index + 1}: ${text.trim()}`] : [])));
    expect(found).toEqual([]);
  });

  it('has a test folder for every part that has logic', () => {
    const parts = new Set(sources.filter((file) => file.startsWith('src/')).map((file) => dirname(file).split('/').slice(1, 2)[0]!));
    const untested = [...parts].filter((part) => part !== 'commands' && !existsSync(join(root, 'test', part)));
    expect(untested).toEqual([]);
  });

  it('locks versions without download addresses', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:/);
  });

  it('locks the packages of every platform, or npm ci refuses the lockfile', () => {
    type Lock = { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => /-(darwin|linux|win32)-/.test(name) && !packages[`node_modules/${name}`]));
    expect(missing).toEqual([]); // node scripts/complete-lock.mjs adds them
  });
});
