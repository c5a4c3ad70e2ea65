import { finished, type Writable } from 'node:stream';
import type { Status } from '../../../../api/meta';
import type { ExecOptions, ExecStreams } from '../../node-agent';

/** The client's end of an exec or attach, whatever it travels over. */
export interface Remote {
  readonly streams: ExecStreams;
  /** Tells the client how it ended, and closes. */
  finish(status: Partial<Status>): Promise<void>;
}

export type Asked = Pick<ExecOptions, 'stdin' | 'stdout' | 'stderr' | 'tty'>;

/**
 * What goes over the error stream: from the fourth protocol on a Status, before it the text of a failure, or nothing.
 * Source: v4WriteStatusFunc and v1WriteStatusFunc of k8s.io/kubelet/pkg/cri/streaming/remotecommand.
 */
export function statusText(protocol: string, status: Partial<Status>): string {
  if (/^v[45]\./.test(protocol)) return JSON.stringify(status);
  return status.status === 'Success' ? '' : status.message ?? '';
}

/** Ends what is written to a stream; resolves once it is out. */
export function flushed(stream: Writable | undefined): Promise<void> | undefined {
  if (!stream || stream.writableFinished || stream.destroyed) return undefined;
  return new Promise((resolve) => {
    finished(stream, { readable: false }, () => resolve());
    stream.end();
  });
}
