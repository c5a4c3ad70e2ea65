import { posix } from 'node:path';
import { errnoText } from '../../../client/kubeconfig/errors';
import { wrapped } from '../errors';
import type { Files, Remote } from './files';
import { cleanedPath, confirmedDirectory, isWithin } from './real-path';
import { parseRepoUrl, type RepoUrl } from './repo-url';

interface Means {
  files: Files;
  remote: Remote;
}

/** A file on the web could not be had: then there is no use in trying it as something else. */
class HttpError extends Error {
  override readonly name = 'HttpError';
}

const isHttp = (path: string) => /^https?:/i.test(path);

/** How a kustomization gets at files and at other kustomizations, from the directory that it is in. Source: api/internal/loader of kustomize. */
export class Loader {
  private constructor(
    private readonly means: Means,
    readonly root: string,
    /** Files must be in or below the root. */
    private readonly restricted: boolean,
    private readonly referrer?: Loader,
    private readonly clone?: { repo: RepoUrl; directory: string; remove: () => void },
  ) {}

  /** For what the user named: a directory or the URL of a repository. */
  static async open(means: Means, target: string, restricted: boolean): Promise<Loader> {
    const repo = parseRepoUrl(target);
    return repo ? Loader.cloned(means, repo) : new Loader(means, rootAt(means.files, target), restricted);
  }

  private static async cloned(means: Means, repo: RepoUrl, referrer?: Loader): Promise<Loader> {
    const clone = await means.remote.clone({ ...repo, url: repo.host + repo.repoPath });
    try {
      const path = posix.join(clone.directory, repo.path);
      const { directory, file } = cleanedPath(means.files, path);
      if (file) throw new Error(`'${path}' refers to file '${file}'; expecting directory`);
      if (!isWithin(directory, clone.directory)) throw new Error(`"${path}" refers to directory outside of repo "${clone.directory}"`);
      return new Loader(means, directory, true, referrer, { repo, ...clone });
    } catch (error) {
      clone.remove();
      throw error;
    }
  }

  /** For a kustomization that this one names. Throws for what is above this one, or above what led here. */
  async enter(path: string): Promise<Loader> {
    if (path === '') throw new Error('new root cannot be empty');
    const repo = parseRepoUrl(path);
    if (repo) {
      this.refuseRepoCycle(repo);
      return Loader.cloned(this.means, repo, this);
    }
    if (posix.isAbsolute(path)) throw new Error(`new root '${path}' cannot be absolute`);
    const root = rootAt(this.means.files, posix.join(this.root, path));
    this.refuseOutsideOfClone(root);
    this.refuseCycle(root);
    return new Loader(this.means, root, this.restricted, this);
  }

  /** Takes away what was cloned for it. */
  close(): void {
    this.clone?.remove();
  }

  async load(path: string): Promise<Buffer> {
    if (isHttp(path)) return this.fetch(path);
    const absolute = posix.isAbsolute(path) ? path : posix.join(this.root, path);
    return readFile(this.means.files, this.restricted ? this.allowed(absolute) : absolute);
  }

  private allowed(path: string): string {
    const { directory, file } = cleanedPath(this.means.files, path);
    if (file === '') throw new Error(`'${path}' must resolve to a file`);
    if (!isWithin(directory, this.root)) throw new Error(`security; file '${path}' is not in or below '${this.root}'`);
    return posix.join(directory, file);
  }

  private async fetch(url: string): Promise<Buffer> {
    const { status, statusText, body } = await this.means.remote.fetch(url);
    if (status >= 200 && status <= 299) return body;
    if (parseRepoUrl(url)) throw new Error('URL is a git repository');
    throw new HttpError(`HTTP Error: status code ${status} (${statusText})`);
  }

  private refuseCycle(root: string): void {
    if (isWithin(this.root, root)) throw new Error(`cycle detected: candidate root '${root}' contains visited root '${this.root}'`);
    this.referrer?.refuseCycle(root);
  }

  private refuseRepoCycle(repo: RepoUrl): void {
    const own = this.clone?.repo.raw;
    if (own?.startsWith(repo.raw)) throw new Error(`cycle detected: URI '${repo.raw}' referenced by previous URI '${own}'`);
    this.referrer?.refuseRepoCycle(repo);
  }

  private get containingClone(): string | undefined {
    return this.clone?.directory ?? this.referrer?.containingClone;
  }

  private refuseOutsideOfClone(root: string): void {
    const clone = this.containingClone;
    if (clone === undefined || isWithin(root, clone)) return;
    throw new Error(`security; bases in kustomizations found in cloned git repos must be within the repo, but base '${root}' is outside '${clone}'`);
  }
}

function rootAt(files: Files, path: string): string {
  try {
    return confirmedDirectory(files, path);
  } catch (error) {
    throw wrapped(error, 'must build at directory');
  }
}

function readFile(files: Files, path: string): Buffer {
  try {
    return files.read(path);
  } catch (error) {
    // A directory opens well in Go and fails at the first read.
    const operation = (error as NodeJS.ErrnoException).code === 'EISDIR' ? 'read' : 'open';
    throw new Error(`${operation} ${path}: ${errnoText(error)}`);
  }
}
