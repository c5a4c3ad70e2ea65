import { emptyRuleset, table, type Chain, type NftSet, type Ruleset } from './ruleset';

/**
 * The transaction that turns one ruleset into the other; '' when they are equal. Without `from` it starts by removing
 * whatever is there. Incremental, because sets that packets fill (session affinity) must survive unrelated changes.
 *
 * The order keeps every step valid by itself: declare, take elements out, write chains, put elements in, delete.
 */
export function nftScript(from: Ruleset | undefined, to: Ruleset): string {
  const before = from ?? emptyRuleset;
  const lines = [
    ...declarations(before, to),
    ...[...to.sets].flatMap(([name, set]) => removedElements(name, before.sets.get(name), set)),
    ...[...to.chains].flatMap(([name, chain]) => rewritten(name, before.chains.get(name), chain)),
    ...[...to.sets].flatMap(([name, set]) => addedElements(name, before.sets.get(name), set)),
    ...deletions(before, to),
  ];
  if (from) return lines.join('\n');
  return [`add table ${table}`, `delete table ${table}`, `add table ${table}`, ...lines].join('\n');
}

function declarations(before: Ruleset, to: Ruleset): string[] {
  return [
    ...[...to.sets].filter(([name]) => !before.sets.has(name)).map(([name, set]) => `add ${set.kind} ${table} ${name} { ${set.declaration} }`),
    ...[...to.chains].filter(([name]) => !before.chains.has(name)).map(([name, { hook }]) => `add chain ${table} ${name}${hook ? ` { ${hook} }` : ''}`),
  ];
}

function removedElements(name: string, before: NftSet | undefined, to: NftSet): string[] {
  const gone = [...(before?.elements ?? [])].filter(([key, value]) => to.elements.get(key) !== value).map(([key]) => key);
  return gone.length > 0 ? [`delete element ${table} ${name} { ${gone.join(', ')} }`] : [];
}

function addedElements(name: string, before: NftSet | undefined, to: NftSet): string[] {
  const fresh = [...to.elements].filter(([key, value]) => before?.elements.get(key) !== value)
    .map(([key, value]) => (to.kind === 'map' ? `${key} : ${value}` : key));
  return fresh.length > 0 ? [`add element ${table} ${name} { ${fresh.join(', ')} }`] : [];
}

function rewritten(name: string, before: Chain | undefined, to: Chain): string[] {
  if (before === to) return [];
  if (before && before.rules.join('\n') === to.rules.join('\n')) return [];
  return [...(before ? [`flush chain ${table} ${name}`] : []), ...to.rules.map((rule) => `add rule ${table} ${name} ${rule}`)];
}

/** Chains are emptied first, all of them, since they may refer to each other and to the sets. */
function deletions(before: Ruleset, to: Ruleset): string[] {
  const chains = [...before.chains.keys()].filter((name) => !to.chains.has(name));
  const sets = [...before.sets].filter(([name]) => !to.sets.has(name));
  return [
    ...chains.map((name) => `flush chain ${table} ${name}`),
    ...chains.map((name) => `delete chain ${table} ${name}`),
    ...sets.map(([name, { kind }]) => `delete ${kind} ${table} ${name}`),
  ];
}
