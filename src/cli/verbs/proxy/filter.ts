export interface FilterRules {
  acceptPaths: readonly RegExp[];
  rejectPaths: readonly RegExp[];
  acceptHosts: readonly RegExp[];
  rejectMethods: readonly RegExp[];
}

/** Regular expressions with commas between. Throws a SyntaxError. */
export const patternsOf = (text: string): RegExp[] => (text ? text.split(',').map((part) => new RegExp(part)) : []);

export interface Asked {
  method: string;
  /** Decoded, without the prefix of the API. */
  path: string;
  /** The Host header. */
  host: string;
}

/** May it pass? After FilterServer in k8s.io/kubectl/pkg/proxy. */
export function isAccepted({ acceptPaths, rejectPaths, acceptHosts, rejectMethods }: FilterRules, { method, path, host }: Asked): boolean {
  const some = (patterns: readonly RegExp[], text: string) => patterns.some((pattern) => pattern.test(text));
  return !some(rejectPaths, path) && !some(rejectMethods, method) && some(acceptPaths, path) && some(acceptHosts, hostOf(host));
}

/** Without the port, and as it is where Go cannot split it. */
const hostOf = (header: string): string => /^\[(.*)\]:\d*$/.exec(header)?.[1] ?? /^([^:]*):[^:]*$/.exec(header)?.[1] ?? header;
