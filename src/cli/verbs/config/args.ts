import { helpError } from '../../errors';

/** The one argument of a config command; its help is shown when there is another number of them. */
export function onlyArg(args: readonly string[]): string {
  const [name] = args;
  if (args.length !== 1 || !name) throw unexpectedArgs(args);
  return name;
}

export const unexpectedArgs = (args: readonly string[]): Error => helpError(`Unexpected args: [${args.join(' ')}]`);
