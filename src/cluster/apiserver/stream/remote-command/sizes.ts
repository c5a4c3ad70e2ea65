export interface TerminalSize {
  readonly width: number;
  readonly height: number;
}

/** Sizes wait here until the terminal takes them. */
export class SizeQueue implements AsyncIterable<TerminalSize> {
  readonly #sizes: TerminalSize[] = [];
  #ended = false;
  #wake = () => {};

  push(size: TerminalSize | undefined): void {
    if (size) this.#sizes.push(size);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TerminalSize> {
    for (;;) {
      const size = this.#sizes.shift();
      if (size) yield size;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** Undefined for what is no size. */
export function parseSize(content: Buffer): TerminalSize | undefined {
  try {
    const { Width, Height } = JSON.parse(content.toString()) as { Width?: number; Height?: number };
    return Width && Height ? { width: Width, height: Height } : undefined;
  } catch {
    return undefined;
  }
}
