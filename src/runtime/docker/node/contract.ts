import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import type { NodeNetwork, NodeSpec } from '../../port';

/**
 * The container whose network namespace plays a Kubernetes node: sandboxes (made with NetworkMode none) are wired to
 * it, hostNetwork pods join it (`container:<containerId>`), the service proxy's rules live in it.
 */
export interface NodeContainer extends NodeNetwork {
  /** Of the moment: a container that was lost is replaced. */
  readonly containerId: string;
  /** What joined its network before that lost it. */
  readonly startedAtMs: number;
  /**
   * Gives the sandbox of this process its address. Idempotent, so that adoption wires every running sandbox; repeated
   * by itself when the node container comes back after it was lost.
   */
  wire(sandboxPid: number, ip: string): Promise<void>;
  unwire(ip: string): Promise<void>;
  /** Connects to the loopback of a sandbox's process, for port-forward. Rejects as `dial` does. */
  dialLoopback(sandboxPid: number, port: number): Promise<Duplex>;
  /** Runs in the node container; resolves to its output, rejects with a RuntimeFailure that carries it. */
  shell(command: string): Promise<string>;
  /** Lets go of the container, which keeps running. */
  close(): void;
  /** Stops the container; the next `createNodeContainer` starts it again. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export interface NodeContainerOptions {
  docker: Docker;
  profile: string;
  node: NodeSpec;
  onStep: (step: string) => void;
}
