import type { Duplex } from 'node:stream';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { RuntimeFailure } from '../../port';

/** Longest that one command may take; a shell that hangs is given up with all that waits for it. */
const commandTimeoutMs = 20_000;

/**
 * A shell kept open in a container, for commands that are too many for an exec each (40 ms): one takes about 2 ms.
 * Commands run one after the other, in the order of the calls.
 */
export interface Shell {
  /** The combined output; a non-zero exit code rejects with it. */
  run(command: string): Promise<string>;
  /** Resolves when the shell is gone, whatever the reason. */
  readonly ended: Promise<void>;
  readonly hasEnded: boolean;
  close(): void;
}

export async function openShell(docker: Docker, containerId: string): Promise<Shell> {
  const exec = await docker.getContainer(containerId).exec({ Cmd: ['/bin/sh'], AttachStdin: true, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: true });
  const output = new PassThrough();
  docker.modem.demuxStream(stream, output, output);
  return new AttachedShell(stream, output);
}

interface Pending {
  resolve(output: string): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
  marker: string;
}

class AttachedShell implements Shell {
  readonly ended: Promise<void>;
  private readonly pending: Pending[] = [];
  private text = '';
  private count = 0;
  private gone = false;

  constructor(private readonly stream: Duplex, output: PassThrough) {
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.giveUp(new RuntimeFailure('Failed', 'the shell in the node container ended'));
        resolve();
      };
      // An engine that goes away shows as any of these.
      for (const event of ['end', 'close', 'error']) stream.on(event, end);
    });
    output.setEncoding('utf8').on('data', (chunk: string) => this.receive(chunk));
  }

  get hasEnded(): boolean {
    return this.gone;
  }

  run(command: string): Promise<string> {
    if (this.gone) return Promise.reject(new RuntimeFailure('Failed', 'the shell in the node container ended'));
    return new Promise((resolve, reject) => {
      const marker = `--knarr-${++this.count}--`;
      const timer = setTimeout(() => this.giveUp(new RuntimeFailure('Failed', `no answer from the node container within ${commandTimeoutMs / 1000} s`)), commandTimeoutMs);
      this.pending.push({ resolve, reject, timer, marker });
      this.stream.write(`{\n${command}\n} 2>&1 </dev/null\nprintf '\\n${marker} %d\\n' $?\n`);
    });
  }

  close(): void {
    this.giveUp(new RuntimeFailure('Failed', 'the shell in the node container was closed'));
  }

  private receive(chunk: string): void {
    this.text += chunk;
    for (let done = this.takeFirst(); done; done = this.takeFirst()) {
      clearTimeout(done.of.timer);
      if (done.code === 0) done.of.resolve(done.output);
      else done.of.reject(new RuntimeFailure('Failed', done.output.trim() || `exit code ${done.code}`));
    }
  }

  private takeFirst(): { of: Pending; output: string; code: number } | undefined {
    const of = this.pending[0];
    if (!of) return undefined;
    const at = this.text.indexOf(`\n${of.marker} `);
    const end = at < 0 ? -1 : this.text.indexOf('\n', at + 1);
    if (end < 0) return undefined;
    const result = { of, output: this.text.slice(0, at), code: Number(this.text.slice(at + of.marker.length + 2, end)) };
    this.text = this.text.slice(end + 1);
    this.pending.shift();
    return result;
  }

  private giveUp(error: Error): void {
    if (this.gone) return;
    this.gone = true;
    for (const { reject, timer } of this.pending.splice(0)) {
      clearTimeout(timer);
      reject(error);
    }
    this.stream.destroy();
  }
}
