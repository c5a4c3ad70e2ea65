import { badRequest, type ApiError } from '../errors';
import { quote } from '../go/quote';

/** Ends a decoding at once, as an error of a Go UnmarshalJSON does. The message is what follows "cannot be handled as a Pod: ". */
export class DecodeFailure extends Error {
  override readonly name = 'DecodeFailure';
}

type Step = (value: unknown, walk: Walk) => unknown;

/** Go reports the first hundred. */
const problemsMax = 100;

/**
 * Where a decoding is, and what it has found so far. Go's decoder keeps two paths: the struct fields alone (for
 * type errors) and the full one with list indexes and map keys (for strict errors).
 * After sigs.k8s.io/json, decode.go and kubernetes_patch.go.
 */
export class Walk {
  readonly problems: string[] = [];
  /** The first wrong type: decoding goes on, and fails with it at the end. */
  mismatch: string | undefined;
  private readonly fields: string[] = [];
  /** Names of fields and keys; positions in lists. */
  private readonly path: (string | number)[] = [];
  private struct = '';

  /**
   * `repeated`: the members, in order, of the objects in which a key occurs more than once. `keeps`: what is read stays as
   * it is, and no part of it is part of the result; it was made by a program and may have members that are undefined.
   */
  constructor(readonly repeated: ReadonlyMap<object, [string, unknown][]> = new Map(), readonly keeps = false) {}

  /** Reads one field of the Go struct named `struct`. */
  field(struct: string, name: string, read: Step, value: unknown): unknown {
    const outer = this.struct;
    this.struct = struct;
    this.fields.push(name);
    const result = this.at(name, read, value);
    this.fields.pop();
    this.struct = outer;
    return result;
  }

  /** Reads an item of a list, by its position, or a member of a map, by its key. */
  at(place: string | number, read: Step, value: unknown): unknown {
    this.path.push(place);
    const result = read(value, this);
    this.path.pop();
    return result;
  }

  unknownField(name: string): void {
    this.problem('unknown field', name);
  }

  duplicateField(name: string): void {
    this.problem('duplicate field', name);
  }

  /** `what`: `string`, `number 1.5`, `bool`, `array`, `object`. `goType` as reflect prints it. */
  wrongType(what: string, goType: string): void {
    this.mismatch ??= this.typeError(what, goType);
  }

  /** For types with an UnmarshalJSON of their own, whose errors end the decoding. */
  failType(what: string, goType: string): never {
    throw new DecodeFailure(this.typeError(what, goType));
  }

  saveError(message: string): void {
    this.mismatch ??= message;
  }

  /** `spec.containers[0].image` */
  get location(): string {
    return this.path.map((place, at) => (typeof place === 'number' ? `[${place}]` : at ? `.${place}` : place)).join('');
  }

  private typeError(what: string, goType: string): string {
    const target = this.fields.length ? `struct field ${this.struct}.${this.fields.join('.')}` : 'value';
    return `json: cannot unmarshal ${what} into Go ${target} of type ${goType}`;
  }

  private problem(what: string, name: string): void {
    const path = this.path.length ? `${this.location}.${name}` : name;
    const text = `${what} ${quote(path)}`;
    if (this.problems.length < problemsMax && !this.problems.includes(text)) this.problems.push(text);
  }
}

/** What Go calls the JSON value in a type error. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'object') return value instanceof NumberToken ? 'number' : 'object';
  return typeof value;
}

/** A JSON number whose text matters: a fraction, an exponent, or more digits than a double holds. */
export class NumberToken {
  constructor(readonly text: string) {}
}

/** Wording: transformDecodeError in k8s.io/apiserver/pkg/endpoints/handlers/rest.go. */
export function cannotBeHandled(seen: { kind: string; version: string }, kind: string, why: string): ApiError {
  return badRequest(`${seen.kind} in version ${quote(seen.version)} cannot be handled as a ${kind}: ${why}`);
}
