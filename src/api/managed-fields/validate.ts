import { formatValue, goType } from '../go/format';
import { quote } from '../go/quote';
import { fieldElement, formatPath, type PathElement } from './path-element';
import { isList, isMap, itemElement, shapeOf } from './shape';
import type { ListType, MapType, ScalarClass, Type } from './types';

/** What does not fit the type, with upstream's wording: `.spec.foo: field not declared in schema`. Source: TypedValue.Validate. */
export function mismatches(type: Type, value: unknown): string[] {
  const found: string[] = [];
  walk(type, value, [], found);
  return found;
}

/** Source: ValidationErrors.Error. */
export const describeMismatches = (found: readonly string[]): string => (found.length === 1 ? found[0]! : ['errors:', ...found.map((line) => `  ${line}`)].join('\n'));

type Path = readonly PathElement[];

function walk(type: Type, value: unknown, path: Path, found: string[]): void {
  if (value === null || value === undefined) return;
  const shape = shapeOf(type, value);
  if (shape === 'map') walkMap(type.map!, value, path, found);
  else if (shape === 'list') walkList(type.list!, value, path, found);
  else walkScalar(type.scalar!, value, path, found);
}

function report(found: string[], path: Path, message: string): void {
  found.push(path.length ? `${formatPath(path)}: ${message}` : message);
}

/** As %v and %#v print upstream's wrapper of a value. */
const shown = (value: unknown) => `&{${formatValue(value)}}`;
const shownInGo = (value: unknown) => `&value.valueUnstructured{Value:${typeof value === 'string' ? quote(value) : typeof value === 'object' ? goType(value) + formatValue(value) : String(value)}}`;

const scalarProblems: Record<ScalarClass, (value: unknown) => string | undefined> = {
  numeric: (value) => (typeof value === 'number' || typeof value === 'bigint' ? undefined : `expected numeric (int or float), got ${goType(value)}`),
  string: (value) => (typeof value === 'string' ? undefined : `expected string, got ${shownInGo(value)}`),
  boolean: (value) => (typeof value === 'boolean' ? undefined : `expected boolean, got ${shown(value)}`),
  untyped: (value) => (typeof value !== 'object' ? undefined : `expected any scalar, got ${shown(value)}`),
};

function walkScalar(scalar: ScalarClass, value: unknown, path: Path, found: string[]): void {
  const problem = scalarProblems[scalar](value);
  if (problem) report(found, path, problem);
}

function walkMap(type: MapType, value: unknown, path: Path, found: string[]): void {
  if (!isMap(value)) return report(found, path, `expected map, got ${shown(value)}`);
  for (const name of Object.keys(value).sort()) {
    const below = type.field(name)?.type ?? type.element;
    // The first undeclared field ends the map.
    if (!below) return report(found, [...path, fieldElement(name)], 'field not declared in schema');
    walk(below, value[name], [...path, fieldElement(name)], found);
  }
}

function walkList(type: ListType, value: unknown, path: Path, found: string[]): void {
  if (!isList(value)) return report(found, path, `expected list, got ${shown(value)}`);
  const seen = new Set<PathElement>();
  for (const [at, item] of value.entries()) {
    let element: PathElement = `i:${at}`;
    if (!type.atomic) {
      try {
        element = itemElement(type, item);
      } catch (error) {
        return report(found, path, `element ${at}: ${(error as Error).message}`);
      }
      if (seen.has(element)) report(found, path, `duplicate entries for key ${formatPath([element])}`);
      seen.add(element);
    }
    walk(type.element, item, [...path, element], found);
  }
}
