import fc from 'fast-check';
import type { Chain, NftSet, Ruleset } from '../../../src/cluster/network/rules/ruleset';
import { nftScript } from '../../../src/cluster/network/rules/script';

const ruleset = (chains: Record<string, Chain>, sets: Record<string, NftSet> = {}): Ruleset =>
  ({ chains: new Map(Object.entries(chains)), sets: new Map(Object.entries(sets)) });
const map = (elements: Record<string, string>): NftSet => ({ kind: 'map', declaration: 'type t : verdict;', elements: new Map(Object.entries(elements)) });

describe('nft scripts', () => {
  it.each<[string, Ruleset | undefined, Ruleset, string[]]>([
    ['nothing when nothing changed', ruleset({ a: { rules: ['x'] } }), ruleset({ a: { rules: ['x'] } }), []],
    ['a fresh table', undefined, ruleset({ a: { hook: 'type nat hook output priority -100;', rules: ['x'] } }), [
      'add table ip knarr', 'delete table ip knarr', 'add table ip knarr', 'add chain ip knarr a { type nat hook output priority -100; }', 'add rule ip knarr a x']],
    ['a chain with other rules is written anew', ruleset({ a: { rules: ['x'] }, b: { rules: ['z'] } }), ruleset({ a: { rules: ['x', 'y'] }, b: { rules: ['z'] } }), [
      'flush chain ip knarr a', 'add rule ip knarr a x', 'add rule ip knarr a y']],
    ['an element with another value goes and comes', ruleset({}, { m: map({ k: 'drop', l: 'accept' }) }), ruleset({}, { m: map({ k: 'accept', l: 'accept' }) }), [
      'delete element ip knarr m { k }', 'add element ip knarr m { k : accept }']],
    ['chains go after what refers to them', ruleset({ a: { rules: ['goto b'] }, b: { rules: ['x'] } }, { m: map({ k: 'goto a' }), s: map({}) }), ruleset({}, { m: map({}) }), [
      'delete element ip knarr m { k }', 'flush chain ip knarr a', 'flush chain ip knarr b', 'delete chain ip knarr a', 'delete chain ip knarr b', 'delete map ip knarr s']],
  ])('%s', (_, from, to, expected) => {
    expect(nftScript(from, to).split('\n').filter(Boolean)).toEqual(expected);
  });

  it('turns any state into any other', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const rulesets = fc.record({
      chains: fc.dictionary(names, fc.record({ rules: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }) })),
      sets: fc.dictionary(fc.constantFrom('m', 'n', 'o'), fc.dictionary(fc.constantFrom('k', 'l', 'p'), fc.constantFrom('accept', 'drop'), { noNullPrototype: true })),
    }).map(({ chains, sets }) => ruleset(chains, Object.fromEntries(Object.entries(sets).map(([name, elements]) => [name, map(elements)]))));
    fc.assert(fc.property(fc.option(rulesets, { nil: undefined }), rulesets, (from, to) => {
      const table = from ? stateOf(from) : undefined;
      expect(run(nftScript(from, to), table)).toEqual(stateOf(to));
    }));
  });
});

interface State { chains: Record<string, string[]>; sets: Record<string, Record<string, string>> }

const stateOf = ({ chains, sets }: Ruleset): State => ({
  chains: Object.fromEntries([...chains].map(([name, { rules }]) => [name, [...rules]])),
  sets: Object.fromEntries([...sets].map(([name, { elements }]) => [name, Object.fromEntries(elements)])),
});

/** Carries the script out as nft would: what is missing or there already fails. */
function run(script: string, state: State = { chains: {}, sets: {} }): State {
  for (const line of script.split('\n').filter(Boolean)) {
    const [, verb, what, name = '', rest = ''] = /^(\w+) (\w+) ip knarr ?(\S*) ?(.*)$/.exec(line)!;
    step(state, `${verb} ${what}`, name, rest);
  }
  return state;
}

function step(state: State, command: string, name: string, rest: string): void {
  const words = rest.replace(/^\{ | \}$/g, '').split(', ');
  const has = { chain: name in state.chains, set: name in state.sets };
  const check = (good: boolean) => {
    if (!good) throw new Error(`${command} ${name} ${rest}`);
  };
  const steps: Record<string, () => void> = {
    'add table': () => undefined,
    'delete table': () => Object.assign(state, { chains: {}, sets: {} }),
    'add chain': () => { check(!has.chain); state.chains[name] = []; },
    'flush chain': () => { check(has.chain); state.chains[name] = []; },
    'delete chain': () => { check(has.chain && state.chains[name]!.length === 0); delete state.chains[name]; },
    'add rule': () => { check(has.chain); state.chains[name]!.push(rest); },
    'add map': () => { check(!has.set); state.sets[name] = {}; },
    'delete map': () => { check(has.set); delete state.sets[name]; },
    'add element': () => words.forEach((word) => {
      const [key, value] = word.split(' : ') as [string, string];
      check(has.set && !(key in state.sets[name]!));
      state.sets[name]![key] = value;
    }),
    'delete element': () => words.forEach((key) => { check(has.set && key in state.sets[name]!); delete state.sets[name]![key]; }),
  };
  steps[command]!();
}
