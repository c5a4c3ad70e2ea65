/** What one operation on one key asked and heard. Revisions are those of the key; 0 stands for no such key. */
export type Asked =
  | { readonly verb: 'get'; readonly saw: number }
  | { readonly verb: 'create'; readonly outcome: Outcome }
  | { readonly verb: 'update' | 'delete'; readonly expected: number; readonly outcome: Outcome };

/** The revision of the write, or why there was none. `unknown`: it may have happened or not (the connection broke). */
export type Outcome = number | 'exists' | 'missing' | 'mismatch' | 'refused' | 'unknown';

/** From when to when it ran, on a counter that every begin and end advances. */
export type Operation = Asked & { readonly begin: number; readonly end: number };

/**
 * Wing and Gong's search: is there an order of the operations, each taking effect at one moment between its begin and its
 * end, that a single register with compare-and-swap could have answered so? Undefined when there is; otherwise the
 * longest prefix that could be explained, for people. At most 31 operations may overlap a moment.
 */
export function unexplained(operations: readonly Operation[]): string | undefined {
  const byBegin = [...operations].sort((a, b) => a.begin - b.begin);
  const dead = new Set<string>();
  let longest: Operation[] = [];
  const search = (left: readonly Operation[], state: number, taken: Operation[]): boolean => {
    if (taken.length > longest.length) longest = [...taken];
    if (!left.some(({ end }) => Number.isFinite(end))) return true;
    const known = `${state} ${left.map(({ begin }) => begin).join()}`;
    if (dead.has(known)) return false;
    const firstEnd = Math.min(...left.map(({ end }) => end));
    for (const operation of left) {
      if (operation.begin > firstEnd) break;
      for (const next of effects(operation, state)) {
        if (search(left.filter((other) => other !== operation), next, [...taken, operation])) return true;
      }
    }
    dead.add(known);
    return false;
  };
  return search(byBegin, 0, []) ? undefined : `after ${longest.map(text).join('; ')} none of ${byBegin.filter((each) => !longest.includes(each)).slice(0, 6).map(text).join('; ')}`;
}

/** The states that the register can be in after the operation; none when it would not have answered so. */
function effects(operation: Operation, state: number): number[] {
  if (operation.verb === 'get') return operation.saw === state ? [state] : [];
  const { verb, outcome } = operation;
  const fits = verb === 'create' ? state === 0 : state !== 0 && state === operation.expected;
  const nothing = [state];
  switch (outcome) {
    case 'refused': return nothing;
    case 'unknown': return [state, ...(fits && verb === 'delete' ? [0] : [])];
    case 'exists': return verb === 'create' && state !== 0 ? nothing : [];
    case 'missing': return verb !== 'create' && state === 0 ? nothing : [];
    case 'mismatch': return verb !== 'create' && state !== 0 && state !== operation.expected ? nothing : [];
    default: return fits ? [verb === 'delete' ? 0 : outcome] : [];
  }
}

const text = (operation: Operation) => {
  const { verb, begin, end } = operation;
  const said = operation.verb === 'get' ? operation.saw : `${operation.verb === 'create' ? '' : `${operation.expected} `}→ ${operation.outcome}`;
  return `[${begin},${end}] ${verb} ${said}`;
};

/** Runs operations and writes down when they began and ended. */
export class Recorder {
  readonly operations: Operation[] = [];
  #counter = 0;

  async run(work: () => Promise<Asked>): Promise<Asked> {
    const begin = ++this.#counter;
    const asked = await work();
    this.operations.push({ ...asked, begin, end: ++this.#counter });
    return asked;
  }
}
