import { ExitError } from '../../errors';

/** The one argument of a config command; kubectl shows the command's help when there is another number of them. */
export function onlyArg(args: readonly string[], command: string): string {
  const [name] = args;
  if (args.length !== 1 || !name) throw new ExitError(1, `error: Unexpected args: [${args.join(' ')}]\nSee 'knarr config ${command} --help' for usage.`);
  return name;
}
