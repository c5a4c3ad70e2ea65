import type { Expression } from '../syntax/ast';
import type { Type } from '../types';
import type { Run } from './frame';
import type { Scope } from './scope';
import type { Substitution } from './substitution';

/** An expression that is typed and can be run; run it only when there were no issues. */
export interface Compiled {
  readonly type: Type;
  readonly run: Run;
}

/** What compiling one sort of expression needs of the compiler. */
export interface Checking {
  readonly substitution: Substitution;
  compile(expression: Expression, scope: Scope): Compiled;
  /** What is known of a type so far. */
  known(type: Type): Type;
  /** Notes an issue; the answer stands for what could not be compiled. */
  refuse(at: number, message: string): Compiled;
  noMatch(at: number, name: string, args: readonly Type[], isMember: boolean): Compiled;
}
