import type { Type } from '../types';

export interface Local {
  readonly name: string;
  readonly type: Type;
  readonly slot: number;
}

/** The variables that an expression sees: those of the comprehensions around it, then those of the environment. */
export class Scope {
  private constructor(private readonly variables: ReadonlyMap<string, Type>, private readonly locals: readonly Local[]) {}

  static of(variables: ReadonlyMap<string, Type>): Scope {
    return new Scope(variables, []);
  }

  with(name: string, type: Type): { scope: Scope; slot: number } {
    const slot = this.locals.length;
    return { scope: new Scope(this.variables, [...this.locals, { name, type, slot }]), slot };
  }

  /** The slot is absent for a variable of the environment. */
  find(name: string): { type: Type; slot?: number } | undefined {
    const local = this.locals.findLast((candidate) => candidate.name === name);
    if (local) return local;
    const type = this.variables.get(name.replace(/^\./, ''));
    return type && { type };
  }
}
