import type { ExecPlugin } from '../connection';

/** Data of other programs, kept as it is. */
export interface NamedExtension {
  name: string;
  extension: unknown;
}

export interface Cluster {
  server?: string;
  'tls-server-name'?: string;
  'insecure-skip-tls-verify'?: boolean;
  'certificate-authority'?: string;
  'certificate-authority-data'?: string;
  'proxy-url'?: string;
  'disable-compression'?: boolean;
  extensions?: NamedExtension[];
}

export interface AuthProvider {
  name: string;
  config?: Record<string, string> | null;
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
  'auth-provider'?: AuthProvider | null;
  exec?: ExecPlugin & { env?: { name: string; value: string }[] | null };
  extensions?: NamedExtension[];
}

export interface Context {
  cluster?: string;
  user?: string;
  namespace?: string;
  extensions?: NamedExtension[];
}

/** One kubeconfig file as it is on disk; fields that knarr does not know are kept. */
export interface Kubeconfig {
  apiVersion?: string;
  kind?: string;
  preferences?: unknown;
  clusters?: { name: string; cluster: Cluster }[];
  users?: { name: string; user: User }[];
  contexts?: { name: string; context: Context }[];
  'current-context'?: string;
  extensions?: NamedExtension[];
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
  extensions: NamedExtension[] | undefined;
}
