/** The file system, as far as a build reads it. Paths are absolute; errors are Node's. */
export interface Files {
  /** For relative paths of the user. */
  readonly cwd: string;
  read(path: string): Buffer;
  /** Undefined for what is not there. */
  kind(path: string): 'directory' | 'file' | 'link' | undefined;
  readLink(path: string): string;
}

/** Where a build gets what is elsewhere. */
export interface Remote {
  /** A file on the web. */
  fetch(url: string): Promise<{ status: number; statusText: string; body: Buffer }>;
  /** Clones a repository into a new directory, whose path it gives; `remove` takes it away again. */
  clone(source: { url: string; ref: string; submodules: boolean; timeoutMs: number }): Promise<{ directory: string; remove: () => void }>;
}
