/** What names of plugins begin with; kubectl's own come last, so that knarr's may take their place. */
export const pluginPrefixes = ['knarr', 'kubectl'] as const;

export interface PluginName {
  /** Of the program, without its prefix: `foo-bar_baz` for `foo bar-baz`. */
  name: string;
  /** What the plugin gets. */
  args: string[];
}

/**
 * The plugins that a line may mean, the longest name first; at least `wordsMin` words make a name. Nothing when a flag
 * stands first. After HandlePluginCommand in k8s.io/kubectl/pkg/cmd.
 */
export function pluginNames(argv: readonly string[], wordsMin = 1): PluginName[] {
  const end = argv.findIndex((word) => word.startsWith('-'));
  const words = end < 0 ? argv : argv.slice(0, end);
  const lengths = Array.from({ length: words.length }, (_, index) => words.length - index).filter((length) => length >= wordsMin);
  return lengths.map((length) => ({ name: words.slice(0, length).map((word) => word.replaceAll('-', '_')).join('-'), args: argv.slice(length) }));
}
