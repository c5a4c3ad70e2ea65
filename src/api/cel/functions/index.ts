import { authorizers } from './authorizer';
import { conversions } from './conversions';
import { formats } from './formats';
import { lists } from './lists';
import { network } from './network';
import { operators } from './operators';
import { optionals } from './optionals';
import { quantities } from './quantities';
import type { Overload } from './row';
import { strings } from './strings';
import { times } from './times';
import { versions } from './versions';

const libraries = [operators, conversions, times, strings, lists, optionals, quantities, network, formats, versions, authorizers];

let byName: Map<string, Overload[]> | undefined;

/** All forms of a function, as Kubernetes 1.33 knows it; undefined for what is none. */
export function functionNamed(name: string): readonly Overload[] | undefined {
  byName ??= collect();
  return byName.get(name);
}

function collect(): Map<string, Overload[]> {
  const functions = new Map<string, Overload[]>();
  for (const overload of libraries.flat()) functions.set(overload.name, [...(functions.get(overload.name) ?? []), overload]);
  return functions;
}
