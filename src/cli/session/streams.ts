/** Where output goes. process.stdout is one. */
export interface Output {
  write(chunk: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Streams {
  readonly in: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly out: Output;
  readonly err: Output;
}
