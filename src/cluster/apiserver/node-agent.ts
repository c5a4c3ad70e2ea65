import type { Duplex, Readable, Writable } from 'node:stream';
import type { Pod } from '../../api/generated/core.v1';

/**
 * What the API server needs of the node that runs a pod, for the subresources that stream. The kubelet serves it;
 * the daemon connects the two. Failures are ApiErrors.
 */
export interface NodeAgent {
  /** Lines as they come, already in the form that the client gets (timestamps added where asked). */
  logs(pod: Pod, options: LogOptions, signal: AbortSignal): AsyncIterable<Buffer>;
  exec(pod: Pod, options: ExecOptions, streams: ExecStreams): Promise<ExitStatus>;
  attach(pod: Pod, options: ExecOptions, streams: ExecStreams): Promise<ExitStatus>;
  /** A connection to a port inside the pod's network namespace, 127.0.0.1 included. */
  portForward(pod: Pod, port: number): Promise<Duplex>;
  /** What every container that runs on the node has used so far. */
  samples(): Promise<readonly ContainerSample[]>;
  /** A connection from the node to any address that it reaches: pods and services, for proxy. */
  dial(address: string, port: number): Promise<Duplex>;
}

export interface LogOptions {
  container?: string;
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  tailLines?: number;
  limitBytes?: number;
  sinceSeconds?: number;
  sinceTime?: string;
}

export interface ExecOptions {
  container?: string;
  command: string[];
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

export interface ExecStreams {
  stdin?: Readable;
  stdout?: Writable;
  stderr?: Writable;
  resize?: AsyncIterable<{ width: number; height: number }>;
  signal: AbortSignal;
}

export interface ExitStatus {
  /** 0 for attach that ended in good order. */
  code: number;
}

export interface ContainerSample {
  readonly nodeName: string;
  readonly podUid: string;
  readonly container: string;
  readonly startedAtMs: number;
  /** When it was counted. */
  readonly timeMs: number;
  /** Since the start. */
  readonly cpuNanoseconds: number;
  readonly memoryWorkingSetBytes: number;
}
