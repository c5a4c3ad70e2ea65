// Runs every command of the README's fenced `sh` blocks, in order, in one shell with its own home and profile.
// A block marked `sh ignore` is not run: it says in the README's text why.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map((match) => match[1]);
const home = mkdtempSync(join(tmpdir(), 'knarr-readme-'));
// Installing and the whole test run happened before; here they would only repeat.
const skip = /^npm (ci|test)\b.*$/;
const lines = blocks.join('').split('\n').map((line) => line.replace(/^npm ci && /, '')).filter((line) => line && !skip.test(line));
const script = ['set -e', ...lines.map((line) => `echo '$ ${line.replaceAll("'", "'\\''")}'\n${line}`)].join('\n');
const env = { ...process.env, HOME: home, KNARR_HOME: join(home, 'knarr'), KUBECONFIG: join(home, 'config'), PATH: `${process.cwd()}/bin:${process.env.PATH}` };
const { status } = spawnSync('bash', ['-c', script], { stdio: 'inherit', env, timeout: 600_000 });
spawnSync('bin/knarr', ['destroy'], { stdio: 'inherit', env });
rmSync(home, { recursive: true, force: true });
process.exit(status === 0 ? 0 : 1);
