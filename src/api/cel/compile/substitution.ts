import { isDyn, typeText, types, type Type } from '../types';

/** What type parameters stand for, by their name. Source: cel-go's checker/types.go and mapping.go. */
export class Substitution {
  constructor(private readonly known = new Map<string, Type>()) {}

  copy(): Substitution {
    return new Substitution(new Map(this.known));
  }

  set(name: string, type: Type): void {
    this.known.set(name, type);
  }

  /** The type with all that is known filled in; parameters that are not become dyn where that is wanted. */
  apply(type: Type, unknownIsDyn: boolean): Type {
    if (type.kind === 'parameter') {
      const known = this.known.get(type.name);
      if (known) return this.apply(known, unknownIsDyn);
      return unknownIsDyn ? types.dyn : type;
    }
    return mapParts(type, (part) => this.apply(part, unknownIsDyn));
  }

  /** Whether values of the first may be used as the second. What follows for parameters is kept when they may. */
  assignable(from: Type, to: Type): boolean {
    return this.#trying((attempt) => attempt.#assign(from, to));
  }

  allAssignable(from: readonly Type[], to: readonly Type[]): boolean {
    return this.#trying((attempt) => attempt.#assignAll(from, to));
  }

  #trying(run: (attempt: Substitution) => boolean): boolean {
    const attempt = this.copy();
    if (!run(attempt)) return false;
    for (const [name, type] of attempt.known) this.known.set(name, type);
    return true;
  }

  #assignAll(from: readonly Type[], to: readonly Type[]): boolean {
    return from.length === to.length && from.every((type, at) => this.#assign(type, to[at]!));
  }

  #assign(from: Type, to: Type): boolean {
    if (to.kind === 'parameter') {
      const outcome = this.#bind(from, to.name);
      if (outcome !== 'free') return outcome === 'bound';
    }
    if (from.kind === 'parameter') return this.#bind(to, from.name) === 'bound';
    if (isDyn(from) || isDyn(to)) return true;
    if (from.kind === 'null') return ['opaque', 'object', 'null', 'timestamp', 'duration'].includes(to.kind);
    return from.kind === to.kind && this.#sameKind(from, to);
  }

  #sameKind(from: Type, to: Type): boolean {
    if (from.kind === 'list' && to.kind === 'list') return this.#assign(from.element, to.element);
    if (from.kind === 'map' && to.kind === 'map') return this.#assignAll([from.key, from.value], [to.key, to.value]);
    if (from.kind === 'object' && to.kind === 'object') return from.name === to.name;
    if (from.kind === 'opaque' && to.kind === 'opaque') return from.name === to.name && this.#assignAll(from.parameters, to.parameters);
    return true;
  }

  /** `refused` where the parameter stands for something else; `free` where it stands for nothing and cannot for this. */
  #bind(type: Type, name: string): 'bound' | 'refused' | 'free' {
    if (type.kind === 'parameter' && type.name === name) return 'bound';
    const known = this.known.get(name);
    if (!known) {
      if (this.#occursIn(name, type)) return 'free';
      this.set(name, type);
      return 'bound';
    }
    if (typeText(type) === typeText(known)) return 'bound';
    if (!this.#assign(type, known)) return 'refused';
    const general = moreGeneral(type, known);
    if (!this.#occursIn(name, general)) this.set(name, general);
    return 'bound';
  }

  #occursIn(name: string, type: Type): boolean {
    if (type.kind !== 'parameter') return partsOf(type).some((part) => this.#occursIn(name, part));
    if (type.name === name) return true;
    const known = this.known.get(type.name);
    return known !== undefined && this.#occursIn(name, known);
  }
}

function partsOf(type: Type): readonly Type[] {
  if (type.kind === 'list') return [type.element];
  if (type.kind === 'map') return [type.key, type.value];
  return type.kind === 'opaque' ? type.parameters : [];
}

function mapParts(type: Type, change: (part: Type) => Type): Type {
  if (type.kind === 'list') return { ...type, element: change(type.element) };
  if (type.kind === 'map') return { ...type, key: change(type.key), value: change(type.value) };
  if (type.kind === 'opaque' && type.parameters.length) return { ...type, parameters: type.parameters.map(change) };
  return type.kind === 'type' && type.of ? { ...type, of: change(type.of) } : type;
}

/** Of two types of which one may be used as the other. Source: mostGeneral. */
export const moreGeneral = (a: Type, b: Type): Type => (isLessSpecific(a, b) ? a : b);

function isLessSpecific(a: Type, b: Type): boolean {
  if (a.kind === 'dyn' || a.kind === 'parameter') return true;
  if (b.kind === 'dyn' || b.kind === 'parameter' || a.kind !== b.kind) return false;
  const [inA, inB] = [partsOf(a), partsOf(b)];
  if (inA.length) return inA.length === inB.length && inA.every((part, at) => isLessSpecific(part, inB[at]!));
  return a.kind === 'type' || typeText(a) === typeText(b);
}
