export type KubeconfigErrorCode = 'NotFound' | 'Unreadable' | 'Malformed' | 'NotWritable' | 'Locked' | 'Invalid';

/**
 * What is wrong with a kubeconfig. The message names the file and is meant for the user, in kubectl's words where
 * kubectl has any. `Invalid` is a reference that leads nowhere. Test by `name` and `code`, not instanceof.
 */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
  /** `problems`: each of several. */
  constructor(readonly code: KubeconfigErrorCode, message: string, readonly file?: string, readonly problems: readonly string[] = []) {
    super(message);
  }
}

/** Go's words for what the operating system answered. */
const errnoTexts: Record<string, string> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on device',
  ELOOP: 'too many levels of symbolic links',
  EEXIST: 'file exists',
};

export function errnoText(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && errnoTexts[code]) ?? message;
}
