import type { ExecPlugin } from '../connection';

export interface Cluster {
  server?: string;
  'tls-server-name'?: string;
  'insecure-skip-tls-verify'?: boolean;
  'certificate-authority'?: string;
  'certificate-authority-data'?: string;
  'proxy-url'?: string;
  'disable-compression'?: boolean;
  extensions?: unknown;
}

export interface User {
  'client-certificate'?: string;
  'client-certificate-data'?: string;
  'client-key'?: string;
  'client-key-data'?: string;
  token?: string;
  tokenFile?: string;
  as?: string;
  'as-uid'?: string;
  'as-groups'?: string[];
  'as-user-extra'?: Record<string, string[]>;
  username?: string;
  password?: string;
  'auth-provider'?: unknown;
  exec?: ExecPlugin & { env?: { name: string; value: string }[] | null };
  extensions?: unknown;
}

export interface Context {
  cluster?: string;
  user?: string;
  namespace?: string;
  extensions?: unknown;
}

/** One kubeconfig file as it is on disk; fields that knarr does not know are kept. */
export interface ConfigFile {
  apiVersion?: string;
  kind?: string;
  preferences?: unknown;
  clusters?: { name: string; cluster: Cluster }[] | null;
  users?: { name: string; user: User }[] | null;
  contexts?: { name: string; context: Context }[] | null;
  'current-context'?: string;
  extensions?: unknown;
  [unknown: string]: unknown;
}

/** An entry and the file that it came from: relative paths in it count from there, changes go there. */
export interface Located<T> {
  value: T;
  file: string;
}

/** Several files merged: of entries with the same name the first one counts. */
export interface KubeConfig {
  /** In order of precedence, those that exist and those that do not. */
  files: string[];
  clusters: Map<string, Located<Cluster>>;
  users: Map<string, Located<User>>;
  contexts: Map<string, Located<Context>>;
  currentContext: string;
  /** The file that sets current-context; the first when none does. */
  currentContextFile: string;
  preferences: unknown;
  extensions: unknown;
}
