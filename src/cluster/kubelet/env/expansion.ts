/**
 * Replaces `$(NAME)`; `$$` is a dollar sign, and a reference to nothing stays as it is.
 * After third_party/forked/golang/expansion.
 */
export function expand(text: string, lookUp: (name: string) => string | undefined): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (match, name: string | undefined) => (match === '$$' ? '$' : (lookUp(name ?? '') ?? match)));
}
