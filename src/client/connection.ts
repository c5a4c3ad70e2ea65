/** An exec credential plugin, as users[].user.exec of a kubeconfig. */
export interface ExecPlugin {
  apiVersion?: string;
  command: string;
  args?: string[] | null;
  env?: { name: string; value: string }[] | null;
  installHint?: string;
  interactiveMode?: string;
  provideClusterInfo?: boolean;
}

/** A file named in a kubeconfig, or the same data inline. PEM in both cases. */
export type Pem = { file: string } | { data: string };

/** Everything that is needed to talk to one API server as one user. */
export interface Connection {
  /** `https://127.0.0.1:6443`, never with a slash at the end. */
  readonly server: string;
  /** The context's namespace; `default` when it names none. */
  readonly namespace: string;
  /** The name of the context, if the connection came from one. */
  readonly context?: string;
  /** The cluster's name in the kubeconfig. */
  readonly cluster?: string;
  readonly tls: {
    readonly ca?: Pem;
    readonly cert?: Pem;
    readonly key?: Pem;
    readonly serverName?: string;
    readonly insecure?: boolean;
  };
  readonly auth: {
    readonly token?: string;
    readonly tokenFile?: string;
    readonly username?: string;
    readonly password?: string;
    readonly exec?: ExecPlugin;
  };
  readonly impersonate?: { readonly user?: string; readonly groups?: readonly string[]; readonly uid?: string; readonly extra?: Readonly<Record<string, readonly string[]>> };
  readonly proxyUrl?: string;
  /** Per request; 0 or absent: none. */
  readonly requestTimeoutMs?: number;
}
