import type { Session } from '../session';

export interface Ended {
  /** Undefined when a signal ended it, or when it was not started. */
  exitCode: number | undefined;
  signal: NodeJS.Signals | undefined;
  /** Nothing of this name can be run. */
  notFound: boolean;
}

export interface ForegroundOptions {
  stdin?: 'inherit' | 'ignore';
}

type Of = Pick<Session, 'env' | 'cwd'>;

/**
 * Runs a program on our own terminal and streams, and waits for it. What the user's keys send to both of us
 * (Ctrl-C, Ctrl-\) is the program's to deal with.
 */
export async function runInForeground({ env, cwd }: Of, command: string, args: readonly string[], { stdin = 'inherit' }: ForegroundOptions = {}): Promise<Ended> {
  const { execa } = await import('execa');
  const listenOn = ['SIGINT', 'SIGQUIT'] as const;
  const leaveIt = () => undefined;
  for (const signal of listenOn) process.on(signal, leaveIt);
  try {
    const { exitCode, signal, code } = await execa(command, args, { env: { ...env }, extendEnv: false, cwd, stdin, stdout: 'inherit', stderr: 'inherit', reject: false });
    return { exitCode, signal: signal as NodeJS.Signals | undefined, notFound: code === 'ENOENT' };
  } finally {
    for (const signal of listenOn) process.off(signal, leaveIt);
  }
}
