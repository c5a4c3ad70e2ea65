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

/** How a program takes commands and marks where the answer to each ends. */
interface Dialect {
  readonly program: readonly string[];
  request(command: string, count: number): string;
  /** The first answer of the text; undefined while its end is missing. */
  answer(text: string, count: number): { output: string; code: number; rest: string } | undefined;
}

const sh: Dialect = {
  program: ['/bin/sh'],
  request: (command, count) => `{\n${command}\n} 2>&1 </dev/null\nprintf '\\n--knarr-${count}-- %d\\n' $?\n`,
  answer(text, count) {
    const marker = `\n--knarr-${count}-- `;
    const at = text.indexOf(marker);
    const end = at < 0 ? -1 : text.indexOf('\n', at + 1);
    return end < 0 ? undefined : { output: text.slice(0, at), code: Number(text.slice(at + marker.length, end)), rest: text.slice(end + 1) };
  },
};

/** Says nothing when all is well; the answer to a question that changes nothing ends what it says. */
const nft: Dialect = {
  program: ['/bin/sh', '-c', 'TERM=dumb exec /usr/sbin/nft -i 2>&1'],
  request: (script) => `${script.split('\n').join('; ')}\ndescribe ip saddr\n`,
  answer(text) {
    const at = text.indexOf('payload expression, datatype ipv4_addr');
    const end = at < 0 ? -1 : text.indexOf('\n', at);
    const output = text.slice(0, at);
    return end < 0 ? undefined : { output, code: /^Error:/m.test(output) ? 1 : 0, rest: text.slice(end + 1) };
  },
};

export const openShell = (docker: Docker, containerId: string): Promise<Shell> => open(docker, containerId, sh);

/** nft, which knows what is in the kernel already: a change among thousands of rules takes 2 ms in place of 50. A script is one transaction. */
export const openNft = (docker: Docker, containerId: string): Promise<Shell> => open(docker, containerId, nft);

async function open(docker: Docker, containerId: string, dialect: Dialect): Promise<Shell> {
  const exec = await docker.getContainer(containerId).exec({ Cmd: [...dialect.program], AttachStdin: true, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: true });
  const output = new PassThrough();
  docker.modem.demuxStream(stream, output, output);
  return new AttachedShell(stream, output, dialect);
}

interface Pending {
  resolve(output: string): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
  count: number;
}

class AttachedShell implements Shell {
  readonly ended: Promise<void>;
  private readonly pending: Pending[] = [];
  private text = '';
  private count = 0;
  private gone = false;

  constructor(private readonly stream: Duplex, output: PassThrough, private readonly dialect: Dialect) {
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
      const count = ++this.count;
      const timer = setTimeout(() => this.giveUp(new RuntimeFailure('Failed', `no answer from the node container within ${commandTimeoutMs / 1000} s`)), commandTimeoutMs);
      this.pending.push({ resolve, reject, timer, count });
      this.stream.write(this.dialect.request(command, count));
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
    const answer = this.dialect.answer(this.text, of.count);
    if (!answer) return undefined;
    this.text = answer.rest;
    this.pending.shift();
    return { of, output: answer.output, code: answer.code };
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
