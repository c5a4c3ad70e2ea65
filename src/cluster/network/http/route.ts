/** An address that serves a port, and how it is reached. */
export interface Target {
  readonly address: string;
  readonly port: number;
  /** Absent: outside of the cluster, or on a node that is not known. */
  readonly nodeName?: string;
  /** A name that this machine resolves itself: an ExternalName. */
  readonly external?: true;
}

/** Where requests can go, in proportion to `weight` among its route's backends. */
export interface Backend {
  /** For messages: `Service default/web:80`. */
  readonly name: string;
  readonly weight: number;
  readonly protocol: 'http' | 'https';
  readonly targets: readonly Target[];
  /** Why there are no targets. */
  readonly problem?: Problem;
  readonly edits?: Edits;
  /** Requests to whom this one has first claim, whatever the weights: canaries. */
  readonly claim?: Claim;
}

/** `status`: what clients get for it. */
export interface Problem {
  readonly status: 500 | 503;
  readonly message: string;
  /** It is so for a while each time that pods start. */
  readonly passing?: true;
}

export interface Claim {
  readonly header?: string;
  /** Absent: `always` and `never`. */
  readonly headerValue?: string;
  readonly headerPattern?: RegExp;
  readonly cookie?: string;
}

/** Names are lower-case. */
export interface HeaderEdits {
  readonly set?: readonly (readonly [string, string])[];
  readonly add?: readonly (readonly [string, string])[];
  readonly remove?: readonly string[];
}

export interface Edits {
  readonly request?: HeaderEdits;
  readonly response?: HeaderEdits;
}

export type PathMatch =
  | { readonly type: 'exact'; readonly path: string }
  /** By elements: `/a` matches `/a` and `/a/b`, not `/ab`. */
  | { readonly type: 'prefix'; readonly path: string }
  /** `length` of its source decides between several. */
  | { readonly type: 'regex'; readonly regex: RegExp; readonly length: number };

export interface ValueMatch {
  readonly name: string;
  readonly value: string | RegExp;
}

export interface Match {
  readonly path: PathMatch;
  readonly method?: string;
  /** Names are lower-case. */
  readonly headers?: readonly ValueMatch[];
  readonly query?: readonly ValueMatch[];
}

/** A new path. `prefix` takes the place of what matched; a template may use groups: `/$2`. */
export type Rewrite =
  | { readonly type: 'full'; readonly path: string }
  | { readonly type: 'prefix'; readonly path: string }
  | { readonly type: 'template'; readonly path: string };

export interface Redirect {
  readonly status: number;
  /** Instead of everything else. */
  readonly url?: string;
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  readonly rewrite?: Rewrite;
}

export type Action =
  | { readonly do: 'forward'; readonly backends: readonly Backend[] }
  | { readonly do: 'redirect'; readonly redirect: Redirect }
  | { readonly do: 'refuse'; readonly status: number; readonly message: string };

export interface Cors {
  readonly origins: readonly string[];
  readonly methods: string;
  readonly headers: string;
  readonly expose?: string;
  readonly credentials: boolean;
  readonly maxAgeSeconds: number;
}

export interface Affinity {
  readonly cookie: string;
  /** What follows the value: `; Path=/; HttpOnly`. */
  readonly attributes: string;
}

export interface BasicAuth {
  readonly realm: string;
  /** Password hashes by name; absent: the secret is missing, and nobody gets in. */
  readonly users?: ReadonlyMap<string, string>;
}

/** What happens to requests on their way. */
export interface Policy {
  readonly httpsOnly?: boolean;
  /** Where `/` goes. */
  readonly appRoot?: string;
  /** Blocks of addresses. */
  readonly allowedSources?: readonly string[];
  readonly basicAuth?: BasicAuth;
  readonly cors?: Cors;
  readonly bodyBytesMax?: number;
  readonly readTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** From the first byte to the last. */
  readonly requestTimeoutMs?: number;
  readonly affinity?: Affinity;
  readonly rewrite?: Rewrite;
  /** The Host that backends see. */
  readonly upstreamHost?: string;
  readonly edits?: Edits;
  readonly mirrors?: readonly { readonly backend: Backend; readonly share: number }[];
}

export interface Route {
  /** For messages: `Ingress default/web`. */
  readonly owner: string;
  readonly match: Match;
  readonly action: Action;
  readonly policy: Policy;
}

/** A request as routes see it. */
export interface RequestHead {
  readonly secure: boolean;
  readonly method: string;
  /** Lower-case, without a port. */
  readonly host: string;
  /** As the client gave it: `/a%20b`. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The client's. */
  readonly address: string;
}

export const headerOf = ({ headers }: Pick<RequestHead, 'headers'>, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};
