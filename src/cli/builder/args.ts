/** What the arguments name, before any type is looked up. */
export type Targets =
  | { by: 'nothing' }
  | { by: 'types'; types: string[] }
  | { by: 'names'; types: string[]; names: string[] }
  | { by: 'pairs'; pairs: { type: string; name: string }[] };

/**
 * Reads resource arguments. `expand` replaces a category by its types. After ResourceTypeOrNameArgs of cli-runtime;
 * throws its texts. `program` is for the one text that names it.
 */
export async function parseResourceArgs(args: readonly string[], expand: (word: string) => Promise<string[]>, program: string): Promise<Targets> {
  const normal = crossProduct(args);
  const withSlash = normal.filter((arg) => arg.includes('/')).length;
  if (withSlash > 0) {
    if (withSlash < normal.length) {
      throw new Error(`there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. '${program} get resource/<resource_name>' instead of '${program} get resource resource/<resource_name>'`);
    }
    return { by: 'pairs', pairs: normal.map(splitPair) };
  }
  const [first, ...names] = normal;
  if (first === undefined) return { by: 'nothing' };
  const words = await Promise.all(first.split(',').map(expand));
  const types = [...new Set(words.flat())];
  return names.length ? { by: 'names', types, names } : { by: 'types', types };
}

/** `a,b x y` is `a/x a/y b/x b/y`. */
function crossProduct(args: readonly string[]): readonly string[] {
  const [first, ...names] = args;
  const types = [...new Set((first ?? '').split(','))];
  if (names.length === 0 || types.length < 2) return args;
  return types.flatMap((type) => names.map((name) => `${type}/${name}`));
}

export function splitPair(arg: string): { type: string; name: string } {
  const parts = arg.split('/');
  if (parts.length !== 2) throw new Error('arguments in resource/name form may not have more than one slash');
  const [type, name] = parts as [string, string];
  if (!type || !name || type.includes(',')) throw new Error('arguments in resource/name form must have a single resource and name');
  return { type, name };
}

export const missingResource = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;
