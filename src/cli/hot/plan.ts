import { findCommand } from '../argv/find';
import { parseArgv } from '../argv/parse';
import { toInput } from '../argv/normalise';
import { globalFlags, type GlobalFlags } from '../flags/global';
import type { Input } from '../flags/spec';
import { getFlags, type GetFlags } from '../verbs/get/flags';

/** A read of one object or of one type, printed as a table or as JSON, YAML or names. */
export interface HotRead {
  readonly flags: Input<GetFlags & GlobalFlags>['flags'];
  readonly changed: ReadonlySet<string>;
  readonly type: string;
  /** '' for all of the type. */
  readonly name: string;
}

const outputs = new Set(['', 'wide', 'json', 'yaml', 'name']);

const flagsUnderstood = new Set([
  'namespace', 'all-namespaces', 'output', 'selector', 'field-selector', 'no-headers', 'show-labels', 'label-columns',
  'show-kind', 'show-managed-fields', 'chunk-size', 'context', 'kubeconfig', 'profile', 'cache-dir', 'disable-compression',
]);

const table = { ...globalFlags, ...getFlags };
const onlyGet = { canonical: (path: string) => path, has: (path: string) => path === 'get', isGroup: () => false, names: () => [] };

/** The common reads; undefined for every other line, and for those that are wrong. */
export function planRead(argv: readonly string[]): HotRead | undefined {
  try {
    const { path, argv: rest } = findCommand(argv, onlyGet, globalFlags, '');
    if (path !== 'get') return undefined;
    const { flags, changed, args, argsBeforeDash } = toInput(parseArgv(rest, table), table);
    const target = targetOf(args);
    if (!target || argsBeforeDash !== undefined) return undefined;
    if (![...changed].every((name) => flagsUnderstood.has(name)) || !outputs.has(flags.output)) return undefined;
    if (target.name && (flags.selector || flags['field-selector'] || flags['all-namespaces'])) return undefined;
    if (flags['show-labels'] && !isTable(flags.output)) return undefined;
    return { flags, changed, ...target };
  } catch {
    return undefined;
  }
}

export const isTable = (output: string): boolean => output === '' || output === 'wide';

/** `TYPE`, `TYPE NAME` or `TYPE/NAME`. */
function targetOf(args: readonly string[]): { type: string; name: string } | undefined {
  const [type, name, ...more] = args.length === 1 ? args[0]!.split('/') : args;
  if (!type || more.length || /[,/]/.test(type) || name === '' || name?.includes('/')) return undefined;
  return { type, name: name ?? '' };
}
