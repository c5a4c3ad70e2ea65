/** kubectl's own --profile takes these; they name kinds of profiles, not clusters (docs/adr/0005-profile-flag.md). */
const pprofKinds = new Set(['none', 'cpu', 'heap', 'goroutine', 'threadcreate', 'block', 'mutex']);

/** The context that --profile asks for: a cluster's context carries its name. '' when it asks for none. */
export function profileContext(flags: { readonly profile: string }, changed: ReadonlySet<string>): string {
  return changed.has('profile') && !pprofKinds.has(flags.profile) ? flags.profile : '';
}
