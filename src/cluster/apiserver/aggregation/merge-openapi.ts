import { deepEqual } from '../../../api/equal';

/** An OpenAPI document of version 2, as far as merging goes. */
export interface Document {
  readonly paths?: Readonly<Record<string, unknown>>;
  readonly definitions?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

const refPrefix = '#/definitions/';

/** What a document says of the paths below a prefix: them, and the definitions that they need. Source: FilterSpecByPaths in k8s.io/kube-openapi. */
export function partOf(document: Document, prefix: string): Document {
  const paths = Object.fromEntries(Object.entries(document.paths ?? {}).filter(([path]) => path.startsWith(prefix)));
  const needed = new Set<string>();
  const follow = (value: unknown) => {
    for (const name of refsIn(value)) {
      if (needed.has(name)) continue;
      needed.add(name);
      follow(document.definitions?.[name]);
    }
  };
  follow(paths);
  return { ...document, paths, definitions: Object.fromEntries([...needed].filter((name) => document.definitions?.[name]).map((name) => [name, document.definitions![name]])) };
}

/** One document of several: of a path the first that has it, of names that mean different things the later ones renamed. Source: MergeSpecsIgnorePathConflictRenamingDefinitionsAndParameters. */
export const merged = (base: Document, others: readonly Document[]): Document => others.reduce(mergeTwo, base);

function mergeTwo(base: Document, other: Document): Document {
  const names = new Map<string, string>();
  for (const [name, definition] of Object.entries(other.definitions ?? {})) {
    const own = base.definitions?.[name];
    if (own !== undefined && !deepEqual(own, definition)) names.set(name, freeName(name, base, other));
  }
  const renamed = names.size ? rewritten(other, names) : other;
  const definitions = Object.entries(renamed.definitions ?? {}).map(([name, definition]) => [names.get(name) ?? name, definition] as const);
  return { ...base, paths: { ...renamed.paths, ...base.paths }, definitions: { ...Object.fromEntries(definitions), ...base.definitions } };
}

function freeName(name: string, ...documents: readonly Document[]): string {
  for (let number = 2; ; number++) {
    const candidate = `${name}_v${number}`;
    if (!documents.some(({ definitions }) => definitions && Object.hasOwn(definitions, candidate))) return candidate;
  }
}

function* refsIn(value: unknown): Iterable<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === '$ref' && typeof member === 'string' && member.startsWith(refPrefix)) yield member.slice(refPrefix.length);
    else yield* refsIn(member);
  }
}

function rewritten<T>(value: T, names: ReadonlyMap<string, string>): T {
  if (Array.isArray(value)) return value.map((item) => rewritten(item as unknown, names)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === '$ref' && typeof member === 'string' ? rewrittenRef(member, names) : rewritten(member as unknown, names)])) as T;
}

function rewrittenRef(ref: string, names: ReadonlyMap<string, string>): string {
  const name = ref.startsWith(refPrefix) ? names.get(ref.slice(refPrefix.length)) : undefined;
  return name ? refPrefix + name : ref;
}
