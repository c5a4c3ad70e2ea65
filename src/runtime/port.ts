import type { Duplex, Readable, Writable } from 'node:stream';

/**
 * What the kubelet and the network ask of a container engine. Two implementations: docker/ and sim/, under one
 * contract suite (test/runtime/contract.ts). Shaped after the CRI (k8s.io/cri-api): sandboxes hold the namespaces,
 * containers join them. Every method is idempotent where that makes sense (stop of a stopped container, removal of
 * what is gone) and rejects with a `RuntimeFailure` otherwise.
 */
export interface Runtime {
  readonly name: 'docker' | 'sim';
  info(): Promise<RuntimeInfo>;

  /** Brings up what one Node needs (docker: network, node image, node container) and tells where it is. Idempotent. */
  ensureNode(node: NodeSpec, onStep: (step: string) => void): Promise<NodeNetwork>;
  removeNode(name: string): Promise<void>;

  /** All sandboxes of this cluster with their containers, running or not, newest first. All that adoption after a restart needs. */
  snapshot(of?: { nodeName?: string; podUid?: string }): Promise<Sandbox[]>;
  /**
   * Something changed in a sandbox of this pod, or one of its containers: take a snapshot. Starts with the call,
   * not with the first `next()`; ends when the signal aborts. An engine that went away and came back is one event
   * with podUid ''.
   */
  watch(nodeName: string, signal: AbortSignal): AsyncIterable<{ podUid: string }>;

  imageStatus(reference: string): Promise<ImageInfo | undefined>;
  /** Those that pods of the node find there, in any order. */
  images(nodeName: string): Promise<ListedImage[]>;
  /** Of the file system that images lie on, in bytes; undefined where it cannot be seen. */
  imageDisk(): Promise<{ capacity: number; available: number } | undefined>;
  /** Leaves one that a container was made from, and one that is gone. */
  removeImage(reference: string): Promise<void>;
  pullImage(reference: string, options?: PullOptions): Promise<ImageInfo>;

  /**
   * Created, wired to the network and running. Resolves to its id. Volumes that its containers mount exist already.
   * `onCreated` is told the id as soon as containers can be created in it, which may be started once this resolved.
   */
  createSandbox(spec: SandboxSpec, onCreated?: (id: string) => void): Promise<string>;
  /** Kills what runs in it and gives its address back; exited containers and their logs stay. */
  stopSandbox(id: string): Promise<void>;
  /** Removes it with all its containers. */
  removeSandbox(id: string): Promise<void>;
  /** Removes every volume of the pod with its files, when all its sandboxes are gone. */
  removeVolumes(podUid: string): Promise<void>;

  /** A container of the same name and attempt that never started is replaced. */
  createContainer(sandboxId: string, spec: ContainerSpec): Promise<string>;
  /** Rejects with StartFailed; the container then is `exited`, with code 128 and the reason as its message. */
  startContainer(id: string): Promise<void>;
  /** Gives a container that runs other amounts, without a restart. What is absent stays as it is. */
  updateContainer(id: string, resources: ContainerResources): Promise<void>;
  /** SIGTERM (or the image's stop signal), then SIGKILL after the grace. */
  stopContainer(id: string, graceSeconds: number): Promise<void>;
  removeContainer(id: string): Promise<void>;

  /** Resolves to the exit code when the command ended. */
  exec(id: string, request: ExecRequest): Promise<number>;
  /** Resolves when the container ended or the streams closed. */
  attach(id: string, request: AttachRequest): Promise<void>;
  logs(id: string, request: LogRequest): AsyncIterable<LogLine>;
  /** Of a running container; undefined for any other. `annotations`: those of its pod now, in which sim finds how busy it is. */
  stats(id: string, annotations?: Readonly<Record<string, string>>): Promise<ContainerStats | undefined>;

  /** What a pod has written to disk. What is gone, or cannot be seen, counts nothing. `annotations`: as for stats. */
  diskUsage(podUid: string, of: DiskQuestion, annotations?: Readonly<Record<string, string>>): Promise<DiskUsage>;

  /**
   * Answers a probe in the place of a connection or a command, where the runtime knows: sim, which so carries
   * thousands of probes without a socket. `undefined` means: go and see.
   */
  probe?(id: string, probe: { type: 'liveness' | 'readiness' | 'startup' }): { ok: boolean; output: string } | undefined;
  /** A connection to a port on the loopback of the pod's network namespace. */
  portForward(sandboxId: string, port: number): Promise<Duplex>;

  /** Creates or updates a volume of a pod, which mounts refer to by its name. Content changes are seen by running containers. */
  ensureVolume(podUid: string, name: string, content: VolumeContent): Promise<void>;
  /** Removes the files of a volume that outlives pods; of a host's directory all that is in it. Gone already is no failure. */
  eraseVolume(content: Extract<VolumeContent, { type: 'persistent' | 'host' }>): Promise<void>;

  close(): Promise<void>;
}

export type RuntimeFailureCode =
  | 'ImageNotFound' | 'RegistryUnavailable' | 'ImagePullFailed' | 'InvalidImageName' | 'NotFound' | 'StartFailed'
  | 'PortTaken' | 'EngineUnavailable' | 'Unsupported' | 'Failed';

/** Test by `code` and `name`, not instanceof. */
export class RuntimeFailure extends Error {
  override readonly name = 'RuntimeFailure';
  constructor(readonly code: RuntimeFailureCode, message: string) {
    super(message);
  }
}

export interface RuntimeInfo {
  /** As in node.status.nodeInfo.containerRuntimeVersion: `docker://20.10.24`. */
  version: string;
  osImage: string;
  kernelVersion: string;
  /** `amd64`, `arm64` */
  architecture: string;
  cpus: number;
  memoryBytes: number;
}

export interface NodeSpec {
  name: string;
  /** `10.244.0.0/24`; the first address is the gateway's. */
  podCIDR: string;
}

/** The network namespace that plays the Kubernetes node. */
/** The connection mark (nft's `ct mark`) of what the node itself opens to its pods: no policy holds that up, or probes would fail. */
export const nodeConnectionMark = '0x6b6e';

export interface NodeNetwork {
  /** Nothing real is there: rules need not be made. */
  readonly simulated?: true;
  /** InternalIP of the node, as pods and the host see it. */
  readonly address: string;
  /** Where the daemon is reached from the node and its pods: the engine's bridge gateway, or 127.0.0.1 (sim). */
  readonly hostAddress: string;
  /** Applies an nft script in one transaction. On sim it is recorded. */
  applyRules(script: string): Promise<void>;
  /** A TCP connection from within the node to any address that the node reaches: pod IPs, cluster IPs. */
  dial(address: string, port: number): Promise<Duplex>;
  /** Deletes conntrack entries of UDP flows to this address, after its endpoints changed. */
  forgetUdp(address: string, port: number): Promise<void>;
  /**
   * Told when the network came back without its rules (the node container was restarted): apply all of them again. Pods
   * are reached, and `dial` goes on, once the listeners are done: a packet that met no rules would be lost.
   */
  onReset?(listener: () => Promise<void>): void;
}

export interface SandboxSpec {
  podUid: string;
  podName: string;
  namespace: string;
  nodeName: string;
  /** Grows when the sandbox has to be made anew. */
  attempt: number;
  hostname: string;
  /** The pod's address, chosen by the kubelet; absent with hostNetwork. */
  ip?: string;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  shareProcessNamespace?: boolean;
  dns: { servers: string[]; searches: string[]; options: string[] };
  sysctls?: Record<string, string>;
  ports: PortMapping[];
  /** Kept with the sandbox and given back by snapshot. */
  annotations: Record<string, string>;
}

export interface PortMapping {
  protocol: 'TCP' | 'UDP' | 'SCTP';
  containerPort: number;
  hostPort: number;
  hostIP?: string;
}

export interface Sandbox {
  id: string;
  podUid: string;
  podName: string;
  namespace: string;
  nodeName: string;
  attempt: number;
  state: 'ready' | 'notready';
  ip?: string;
  createdAtMs: number;
  annotations: Record<string, string>;
  containers: Container[];
}

export interface Container {
  id: string;
  name: string;
  /** Counts the containers of this name in this pod, from 0: restartCount. */
  attempt: number;
  state: 'created' | 'running' | 'exited';
  image: string;
  /** As in containerStatus.imageID: `docker-pullable://nginx@sha256:…` or `docker://sha256:…`. */
  imageId: string;
  createdAtMs: number;
  startedAtMs?: number;
  finishedAtMs?: number;
  exitCode?: number;
  signal?: number;
  oomKilled?: boolean;
  /** Why it could not start, in the engine's words. */
  message?: string;
  /** What it wrote to its terminationMessagePath. */
  terminationMessage?: string;
  /** Hash of the part of the container's spec that cannot change in place. */
  specHash: string;
  /** Kept with the container and given back. */
  annotations: Record<string, string>;
  /** What it has now, as exactly as the engine keeps it; absent where that is not known. */
  resources?: ContainerResources;
}

export interface PullOptions {
  credentials?: RegistryCredentials;
  /** Bytes done and bytes known of, over all layers, as they come. */
  onProgress?: (progress: { currentBytes: number; totalBytes: number }) => void;
  signal?: AbortSignal;
}

export interface ImageInfo {
  /** `sha256:…` */
  id: string;
  repoTags: string[];
  repoDigests: string[];
  sizeBytes: number;
  /** The user that the image asks for: `''`, `nginx`, `1000:1000`. */
  user: string;
}

export type ListedImage = Pick<ImageInfo, 'repoTags' | 'repoDigests' | 'sizeBytes'>;

export interface RegistryCredentials {
  username: string;
  password: string;
}

export interface ContainerSpec {
  name: string;
  attempt: number;
  image: string;
  specHash: string;
  annotations: Record<string, string>;
  /** Absent: the image's entrypoint. */
  command?: string[];
  args?: string[];
  workingDir?: string;
  env: { name: string; value: string }[];
  mounts: Mount[];
  /** Where the container may leave a last word, of at most 4096 bytes. */
  terminationMessagePath?: string;
  /** Without a last word a failure is explained by the end of the logs: 80 lines, 2048 bytes. */
  terminationMessageFromLogs?: boolean;
  stdin?: boolean;
  stdinOnce?: boolean;
  tty?: boolean;
  resources: ContainerResources;
  security: ContainerSecurity;
}

export interface Mount {
  /** A volume of this pod by name, made by ensureVolume. */
  volume: string;
  mountPath: string;
  /** Relative and without `..`; made as a directory when it is not there. */
  subPath?: string;
  readOnly: boolean;
  propagation?: 'None' | 'HostToContainer' | 'Bidirectional';
}

export interface ContainerResources {
  cpuRequestMillis?: number;
  cpuLimitMillis?: number;
  memoryRequestBytes?: number;
  memoryLimitBytes?: number;
}

export interface ContainerSecurity {
  /** `1000`, `1000:3000`; absent: the image's. */
  user?: string;
  supplementalGroups?: number[];
  privileged?: boolean;
  readOnlyRootFilesystem?: boolean;
  noNewPrivileges?: boolean;
  addCapabilities?: string[];
  dropCapabilities?: string[];
  /** `unconfined`, or the profile's JSON; absent: the engine's default. */
  seccompProfile?: string;
  apparmorProfile?: string;
  oomScoreAdj?: number;
}

export interface VolumeFile {
  path: string;
  /** A function is asked when the file is first needed: where nothing reads it, it need not be made. */
  data: Buffer | (() => Promise<Buffer>);
  mode: number;
}

export type VolumeContent =
  | { type: 'empty'; medium?: 'Memory'; sizeLimitBytes?: number; group?: number }
  /** Replaces all files at once; a reader sees the old set or the new one. Paths are relative. */
  | { type: 'files'; files: VolumeFile[]; group?: number }
  | { type: 'host'; path: string; kind: '' | 'DirectoryOrCreate' | 'Directory' | 'FileOrCreate' | 'File' | 'Socket' | 'CharDevice' | 'BlockDevice' }
  /** Outlives the pod: the directory of a PersistentVolume under the profile's state. */
  | { type: 'persistent'; id: string; group?: number }
  /** The files of an image that is there, read-only. */
  | { type: 'image'; reference: string }
  /** Of an NFS server that the engine's host reaches. */
  | { type: 'nfs'; server: string; path: string; readOnly: boolean };

export interface ExecRequest {
  command: string[];
  tty: boolean;
  stdin?: Readable;
  stdout?: Writable;
  stderr?: Writable;
  resize?: AsyncIterable<TerminalSize>;
  signal?: AbortSignal;
}

export interface AttachRequest extends Omit<ExecRequest, 'command'> {
  /** Output from the container's start on, not from now on; a container that has ended gives all that it wrote. */
  fromStart?: boolean;
}

export interface TerminalSize {
  width: number;
  height: number;
}

export interface LogRequest {
  follow: boolean;
  tailLines?: number;
  /** Only lines at or after this time, in milliseconds since the epoch. */
  sinceMs?: number;
  signal?: AbortSignal;
}

export interface LogLine {
  stream: 'stdout' | 'stderr';
  /** RFC 3339 with nanoseconds, the engine's own. */
  time: string;
  /** Includes its line break, if there was one. */
  data: Buffer;
}

export interface DiskQuestion {
  /** Names of volumes of the pod. */
  volumes: readonly string[];
  /** Ids. */
  containers: readonly string[];
}

/** Bytes; `containers` by id: what each has written beside its volumes, and its log. */
export interface DiskUsage {
  volumes: Readonly<Record<string, number>>;
  containers: Readonly<Record<string, number>>;
}

export interface ContainerStats {
  timeMs: number;
  /** Since the container started. */
  cpuNanoseconds: number;
  memoryWorkingSetBytes: number;
}
