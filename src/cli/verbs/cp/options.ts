export interface CopyOptions {
  /** The session's, for specs without one. */
  namespace: string;
  /** '' for the pod's own choice. */
  container: string;
  preserve: boolean;
  /** Below 0: for ever. */
  retries: number;
}
