import type { StartEvent } from '../../client/profile';

export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** Shows the steps of a start as they happen. `done` leaves the terminal in order. */
export interface Progress {
  show(event: StartEvent): void;
  done(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 80;

/** A spinner on a terminal, plain lines otherwise, the events themselves with -o json. */
export function createProgress(out: Output, format: 'text' | 'json'): Progress {
  if (format === 'json') return jsonLines(out);
  return out.isTTY ? spinner(out) : plainLines(out);
}

const jsonLines = (out: Output): Progress => ({
  show: (event) => void out.write(JSON.stringify(event) + '\n'),
  done: () => undefined,
});

const plainLines = (out: Output): Progress => ({
  show(event) {
    if (event.type === 'step' || event.type === 'notice') out.write(`${event.message}\n`);
  },
  done: () => undefined,
});

function spinner(out: Output): Progress {
  let current: string | undefined;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => out.write(`\r\x1b[K${frames[frame++ % frames.length]} ${current}`);
  const finish = (mark: string) => {
    if (current !== undefined) out.write(`\r\x1b[K${mark} ${current}\n`);
    current = undefined;
  };
  return {
    show(event) {
      finish(event.type === 'error' ? '✗' : '✓');
      if (event.type === 'notice') out.write(`${event.message}\n`);
      if (event.type !== 'step') return;
      current = event.message;
      draw();
      timer ??= setInterval(() => current !== undefined && draw(), frameMs).unref();
    },
    done() {
      clearInterval(timer);
      finish('✗');
    },
  };
}
