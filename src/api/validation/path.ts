/**
 * Where a field is: `spec.containers[0].image`. A plain string, so that template literals do as well as these helpers.
 * Source of the form: field.Path.
 */
export type Path = string;

export function child(path: Path, ...names: string[]): Path {
  const tail = names.join('.');
  return path ? `${path}.${tail}` : tail;
}

export function index(path: Path, position: number): Path {
  return `${path}[${position}]`;
}

/** A subscript by a map's key: `spec.nodeSelector[disk]`. */
export function key(path: Path, name: string): Path {
  return `${path}[${name}]`;
}
