import type { Comprehension, ComprehensionMacro, Expression, Identifier } from './ast';
import { SyntaxFailure } from './issues';

/** Calls that are no functions: what they are written as is not evaluated as it stands. Undefined for any other call. Throws SyntaxFailure. */
export function expandMacro(name: string, target: Expression | undefined, args: readonly Expression[], at: number): Expression | undefined {
  if (!target) return name === 'has' && args.length === 1 ? presence(args[0]!, at) : undefined;
  const expand = macros[`${name}/${args.length}`];
  return expand?.(target, args, at);
}

type Expand = (target: Expression, args: readonly Expression[], at: number) => Expression;

function presence(argument: Expression, at: number): Expression {
  if (argument.kind !== 'select') throw new SyntaxFailure(at, 'invalid argument to has() macro');
  return { ...argument, isTest: true };
}

/** Source: cel-go's parser/macro.go, ext/comprehensions.go and cel/library.go. */
const macros: Readonly<Record<string, Expand>> = {
  'all/2': over('all', 1), 'exists/2': over('exists', 1), 'exists_one/2': over('exists_one', 1), 'existsOne/2': over('exists_one', 1),
  'map/2': over('map', 1), 'map/3': over('map', 1), 'filter/2': over('filter', 1),
  'all/3': over('all', 2), 'exists/3': over('exists', 2), 'exists_one/3': over('exists_one', 2), 'existsOne/3': over('exists_one', 2),
  'transformList/3': over('transformList', 2), 'transformList/4': over('transformList', 2),
  'transformMap/3': over('transformMap', 2), 'transformMap/4': over('transformMap', 2),
  'transformMapEntry/3': over('transformMapEntry', 2), 'transformMapEntry/4': over('transformMapEntry', 2),
  'optMap/2': optional(false), 'optFlatMap/2': optional(true),
};

const quantifiers: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one']);

function over(macro: ComprehensionMacro, variableCount: number): Expand {
  return (range, args, at): Comprehension => {
    const variables = args.slice(0, variableCount).map((argument) => nameOf(argument, quantifiers.has(macro) ? 'argument must be a simple name' : 'argument is not an identifier'));
    const rest = args.slice(variableCount);
    const filter = rest.length > 1 ? rest[0] : undefined;
      if (new Set(variables).size < variables.length) throw new SyntaxFailure(args[1]!.at, `duplicate variable name: ${variables[1]}`);
    return { kind: 'comprehension', macro, range, variables, body: rest.at(-1)!, at, ...(filter && { filter }) };
  };
}

function optional(isFlat: boolean): Expand {
  return (target, [variable, body], at) =>
    ({ kind: 'optionalMap', target, variable: nameOf(variable!, `${isFlat ? 'optFlatMap' : 'optMap'}() variable name must be a simple identifier`), body: body!, isFlat, at });
}

function nameOf(argument: Expression, message: string): string {
  if (argument.kind !== 'identifier') throw new SyntaxFailure(argument.at, message);
  return (argument as Identifier).name;
}
