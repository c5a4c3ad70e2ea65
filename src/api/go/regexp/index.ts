import { compile, type Instruction } from './program';
import { isWordCode, parsePattern, type Assertion } from './syntax';

export { RegExpError } from './syntax';

/** A regular expression as Go has it: matching takes time in proportion to the text, whatever the pattern is. */
export interface GoRegExp {
  /** Whether it matches anywhere in the text. */
  test(text: string): boolean;
  /** The leftmost match from `from` on, its ends in UTF-16 units. */
  find(text: string, from?: number): readonly [number, number] | undefined;
}

/** Throws RegExpError. */
export function compileRegExp(pattern: string): GoRegExp {
  return new Machine(compile(parsePattern(pattern), pattern));
}

/** All ways that lead on from a place, those to be preferred first, each with where its match began. */
interface Threads {
  readonly list: { pc: number; start: number }[];
  /** By instruction: the step in which it was added. */
  readonly seen: Int32Array;
}

class Machine implements GoRegExp {
  readonly #threads: readonly [Threads, Threads];
  #step = 0;

  constructor(private readonly program: readonly Instruction[]) {
    const make = (): Threads => ({ list: [], seen: new Int32Array(program.length).fill(-1) });
    this.#threads = [make(), make()];
  }

  test(text: string): boolean {
    return this.#run(text, 0, true) !== undefined;
  }

  find(text: string, from = 0): readonly [number, number] | undefined {
    return this.#run(text, from, false);
  }

  #run(text: string, from: number, anyWillDo: boolean): readonly [number, number] | undefined {
    let [current, next] = this.#threads;
    current.list.length = 0;
    let best: readonly [number, number] | undefined;
    this.#step++;
    for (let at = from; ; ) {
      // A later start is not as good as a match that is under way.
      if (!best) this.#add(current, 0, at, text, at);
      if (best && !current.list.length) return best;
      const code = at < text.length ? text.codePointAt(at)! : -1;
      const after = code > 0xffff ? at + 2 : at + 1;
      next.list.length = 0;
      this.#step++;
      for (const { pc, start } of current.list) {
        const instruction = this.program[pc]!;
        if (instruction.op === 'match') {
          best = [start, at];
          if (anyWillDo) return best;
          break;
        }
        if (instruction.op === 'char' && code >= 0 && instruction.test(code)) this.#add(next, pc + 1, start, text, after);
      }
      if (code < 0) return best;
      [current, next] = [next, current];
      at = after;
    }
  }

  #add({ list, seen }: Threads, first: number, start: number, text: string, at: number): void {
    const stack = [first];
    while (stack.length) {
      const pc = stack.pop()!;
      if (seen[pc] === this.#step) continue;
      seen[pc] = this.#step;
      const instruction = this.program[pc]!;
      if (instruction.op === 'jump') stack.push(instruction.next);
      else if (instruction.op === 'split') stack.push(instruction.second, instruction.first);
      else if (instruction.op !== 'assert') list.push({ pc, start });
      else if (holds(instruction.assertion, text, at)) stack.push(instruction.next);
    }
  }
}

function holds(assertion: Assertion, text: string, at: number): boolean {
  switch (assertion) {
    case 'beginText': return at === 0;
    case 'endText': return at === text.length;
    case 'beginLine': return at === 0 || text[at - 1] === '\n';
    case 'endLine': return at === text.length || text[at] === '\n';
    case 'wordBoundary': return isBoundary(text, at);
    case 'noWordBoundary': return !isBoundary(text, at);
  }
}

const wordAt = (text: string, at: number) => at >= 0 && at < text.length && isWordCode(text.charCodeAt(at));
const isBoundary = (text: string, at: number) => wordAt(text, at - 1) !== wordAt(text, at);
