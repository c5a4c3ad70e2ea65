import { RuntimeFailure, type ContainerSpec, type ExecRequest } from '../port';
import { unquote } from './behaviour';
import { typedLines } from './typed-lines';

/** What a simulated command sees of its container. */
export interface ShellContext {
  spec: ContainerSpec;
  hostname: string;
  nowMs: () => number;
  read: (path: string) => Buffer | undefined;
  list: (directory: string) => string[];
}

interface Outcome {
  stdout?: string;
  stderr?: string;
  code: number;
}

type Builtin = (args: string[], context: ShellContext) => Outcome;

const ok = (stdout: string): Outcome => ({ stdout, code: 0 });
const environment = (context: ShellContext) => [{ name: 'HOSTNAME', value: context.hostname }, ...context.spec.env];

const builtins: Record<string, Builtin> = {
  true: () => ({ code: 0 }),
  false: () => ({ code: 1 }),
  ':': () => ({ code: 0 }),
  echo: (args) => ok(args[0] === '-n' ? args.slice(1).join(' ') : `${args.join(' ')}\n`),
  hostname: (_, context) => ok(`${context.hostname}\n`),
  date: (_, context) => ok(`${new Date(context.nowMs()).toUTCString()}\n`),
  whoami: () => ok('root\n'),
  id: () => ok('uid=0(root) gid=0(root) groups=0(root)\n'),
  pwd: (_, context) => ok(`${context.spec.workingDir ?? '/'}\n`),
  uname: () => ok('Linux\n'),
  sleep: () => ({ code: 0 }),
  env: (_, context) => ok(environment(context).map(({ name, value }) => `${name}=${value}\n`).join('')),
  printenv: (args, context) => {
    if (args.length === 0) return builtins.env!(args, context);
    const variable = environment(context).find(({ name }) => name === args[0]);
    return variable ? ok(`${variable.value}\n`) : { code: 1 };
  },
  ls: (args, context) => {
    const directory = args.find((arg) => !arg.startsWith('-')) ?? '/';
    return ok(context.list(directory).map((name) => `${name}\n`).join(''));
  },
  cat: (args, context) => {
    const missing = args.find((path) => context.read(path) === undefined);
    if (missing !== undefined) return { stderr: `cat: can't open '${missing}': No such file or directory\n`, code: 1 };
    return ok(args.map((path) => context.read(path)!.toString()).join(''));
  },
};

/** Runs one of the few commands that a simulated container knows; an unknown one fails as in an image that lacks it. */
export async function runSimCommand(request: ExecRequest, context: ShellContext): Promise<number> {
  const [name = '', ...args] = request.command;
  const base = name.slice(name.lastIndexOf('/') + 1);
  if (/^(ba|da|a)?sh$/.test(base)) {
    const script = args[0]?.startsWith('-') && args[0].includes('c') ? args[1] : undefined;
    return script === undefined ? interactive(request, context) : emit(request, runScript(script, context));
  }
  const builtin = builtins[base];
  if (!builtin) {
    throw new RuntimeFailure('StartFailed', `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in $PATH: unknown`);
  }
  return emit(request, builtin(args, context));
}

function runScript(script: string, context: ShellContext): Outcome {
  const total: Required<Outcome> = { stdout: '', stderr: '', code: 0 };
  for (const line of script.split(/;|\n/).map((text) => text.trim()).filter(Boolean)) {
    for (const command of line.split('&&')) {
      const outcome = runLine(command.trim(), context);
      total.stdout += outcome.stdout ?? '';
      total.stderr += outcome.stderr ?? '';
      total.code = outcome.code;
      if (outcome.code !== 0 || command.trim().startsWith('exit')) break;
    }
    if (line.startsWith('exit')) break;
  }
  return total;
}

function runLine(line: string, context: ShellContext): Outcome {
  const expanded = line.replace(/\$\{?(\w+)\}?/g, (_, name: string) => environment(context).find((variable) => variable.name === name)?.value ?? '');
  const [name = '', ...args] = (expanded.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map(unquote);
  if (name === 'exit') return { code: Number(args[0] ?? 0) };
  return builtins[name]?.(args, context) ?? { stderr: `sh: ${name}: not found\n`, code: 127 };
}

function emit(request: ExecRequest, outcome: Outcome): number {
  // A terminal's lines end in both characters.
  const text = (output: string) => (request.tty ? output.replaceAll('\n', '\r\n') : output);
  if (outcome.stdout) request.stdout?.write(text(outcome.stdout));
  if (outcome.stderr) (request.tty ? request.stdout : request.stderr)?.write(text(outcome.stderr));
  return outcome.code;
}

/** A shell that reads its commands. Resolves to its exit code. */
async function interactive(request: ExecRequest, context: ShellContext): Promise<number> {
  const { stdin } = request;
  if (!stdin) return 0;
  const prompt = () => request.tty && request.stdout?.write('/ # ');
  let code = 0;
  prompt();
  for await (const line of typedLines({ ...request, stdin })) {
    code = line.trim() === '' ? code : emit(request, runScript(line, context));
    if (/^\s*exit\b/.test(line)) break;
    prompt();
  }
  return code;
}
