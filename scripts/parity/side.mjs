// One of the two programs in one scenario: with a namespace, a home and a kubeconfig of its own.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainLine } from './line.mjs';
import { normalise } from './normalise.mjs';
import { runProcess, runShell, runsWithin, runWithin } from './programs.mjs';

export async function makeSide({ name, program, namespace, home, env, dir }) {
  const own = join(home, name);
  mkdirSync(own, { recursive: true });
  const kubeconfig = join(own, `config-${namespace}`);
  const side = {
    name, namespace, program, own, dir,
    server: /server: https:\/\/(\S+)/.exec(readFileSync(env.KUBECONFIG, 'utf8'))[1],
    env: { ...env, HOME: own, KUBECONFIG: kubeconfig, NS: namespace, DIR: join(dir, 'files'), LC_ALL: 'C.UTF-8' },
  };
  writeFileSync(kubeconfig, readFileSync(env.KUBECONFIG));
  await ground(side, ['create', 'namespace', namespace]);
  await ground(side, ['config', 'set-context', '--current', `--namespace=${namespace}`]);
  return side;
}

/** By the cluster's kubeconfig, which the scenario did not change. */
export const removeNamespace = ({ namespace, env, dir }, { KUBECONFIG }) =>
  ground({ env: { ...env, KUBECONFIG }, dir }, ['delete', 'namespace', namespace, '--wait=false']);

async function ground({ env, dir }, argv) {
  const { status, stderr } = await runWithin(argv, { env, cwd: dir });
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
}

/** → { raw, tidy }, each { status, stdout, stderr } */
export async function outcomeOf(line, side) {
  return outcome(await execute(line, side), side);
}

function execute(line, { name, program, env, dir: cwd }) {
  const plain = plainLine(line, env);
  if (!plain) return runShell(program, line, { env, cwd });
  const { argv, stdin } = plain;
  return name === 'knarr' && runsWithin(argv) ? runWithin(argv, { env, cwd, stdin }) : runProcess(program, argv, { env, cwd, stdin });
}

const outcome = (raw, side) => ({ raw, tidy: { status: raw.status, stdout: tidy(raw.stdout, side), stderr: tidy(raw.stderr, side) } });

const tidy = (text, { program, namespace, env, own, server }) =>
  normalise(text.replaceAll(program, 'PROGRAM').replaceAll(env.DIR, 'FILES').replaceAll(env.KUBECONFIG, 'KUBECONFIG').replaceAll(own, 'HOME').replaceAll(server, 'SERVER'), namespace);
