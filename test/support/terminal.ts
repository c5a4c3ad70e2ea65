import { spawn } from 'node:child_process';

export interface Terminal {
  /** What has shown on it so far. */
  output(): string;
  type(text: string): void;
  /** Closes it and throws, with what has shown on it. */
  fail(reason: string): never;
  /** The exit code of the command. */
  readonly ended: Promise<number | null>;
}

/** Runs a line of a shell in a terminal of its own, which `script` gives it. */
export function inTerminal(line: string, env: NodeJS.ProcessEnv): Terminal {
  const child = spawn('script', ['-qefc', line, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
  return {
    output: () => text,
    type: (keys) => void child.stdin.write(keys),
    fail(reason) {
      child.kill();
      throw new Error(`${reason} on the terminal, but ${JSON.stringify(text)}`);
    },
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
}
