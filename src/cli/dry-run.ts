import type { Output } from './session';

export type DryRun = 'none' | 'client' | 'server';

const words: Record<string, DryRun> = { none: 'none', client: 'client', server: 'server', unchanged: 'client', true: 'client', false: 'none' };

const deprecations: Record<string, string> = {
  unchanged: '--dry-run is deprecated and can be replaced with --dry-run=client.',
  true: '--dry-run=true is deprecated (boolean value) and can be replaced with --dry-run=client.',
  false: '--dry-run=false is deprecated (boolean value) and can be replaced with --dry-run=none.',
};

/** The meaning of --dry-run. After cmdutil.GetDryRunStrategy; throws its text. */
export function dryRunStrategy(value: string, err: Output): DryRun {
  const strategy = Object.hasOwn(words, value) ? words[value] : undefined;
  if (!strategy) throw new Error(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  if (Object.hasOwn(deprecations, value)) err.write(`Warning: ${deprecations[value]}\n`);
  return strategy;
}

/** What is added to a message about a write: `deployment.apps/web created (dry run)`. */
export const dryRunSuffix: Record<DryRun, string> = { none: '', client: ' (dry run)', server: ' (server dry run)' };
