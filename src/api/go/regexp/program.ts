import { RegExpError, type Assertion, type CharTest, type Node } from './syntax';

export type Instruction =
  | { readonly op: 'char'; readonly test: CharTest }
  | { readonly op: 'assert'; readonly assertion: Assertion; readonly next: number }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly next: number }
  | { readonly op: 'match' };

const sizeMax = 100_000;

/** A pattern as instructions of a machine that follows all ways at once. A char goes on to the instruction behind it. */
export function compile(node: Node, pattern: string): readonly Instruction[] {
  const program: Instruction[] = [];
  const emit = (instruction: Instruction): number => {
    if (program.length >= sizeMax) throw new RegExpError('expression too large', pattern);
    return program.push(instruction) - 1;
  };
  emitNode(node, program, emit);
  emit({ op: 'match' });
  return program;
}

type Emit = (instruction: Instruction) => number;

function emitNode(node: Node, program: Instruction[], emit: Emit): void {
  switch (node.kind) {
    case 'empty': return;
    case 'char': return void emit({ op: 'char', test: node.test });
    case 'assert': return void emit({ op: 'assert', assertion: node.assertion, next: program.length + 1 });
    case 'sequence': return node.parts.forEach((part) => emitNode(part, program, emit));
    case 'choice': return emitChoice(node.options, program, emit);
    case 'repeat': return emitRepeat(node, program, emit);
  }
}

function emitChoice(options: readonly Node[], program: Instruction[], emit: Emit): void {
  const ends: number[] = [];
  options.forEach((option, at) => {
    const isLast = at === options.length - 1;
    const split = isLast ? -1 : emit({ op: 'jump', next: 0 });
    emitNode(option, program, emit);
    if (isLast) return;
    ends.push(emit({ op: 'jump', next: 0 }));
    program[split] = { op: 'split', first: split + 1, second: program.length };
  });
  for (const end of ends) program[end] = { op: 'jump', next: program.length };
}

function emitRepeat({ part, min, max, isGreedy }: Extract<Node, { kind: 'repeat' }>, program: Instruction[], emit: Emit): void {
  for (let count = 0; count < min; count++) emitNode(part, program, emit);
  if (max === Infinity) return emitLoop(part, isGreedy, program, emit);
  const splits: number[] = [];
  for (let count = min; count < max; count++) {
    splits.push(emit({ op: 'jump', next: 0 }));
    emitNode(part, program, emit);
  }
  for (const split of splits) program[split] = fork(split + 1, program.length, isGreedy);
}

function emitLoop(part: Node, isGreedy: boolean, program: Instruction[], emit: Emit): void {
  const split = emit({ op: 'jump', next: 0 });
  emitNode(part, program, emit);
  emit({ op: 'jump', next: split });
  program[split] = fork(split + 1, program.length, isGreedy);
}

const fork = (into: number, past: number, isGreedy: boolean): Instruction =>
  ({ op: 'split', first: isGreedy ? into : past, second: isGreedy ? past : into });
