import type { CommandTree, Found } from './argv/find';
import type { FlagTable } from './flags/spec';

export interface Word {
  name: string;
  summary: string;
}

/** The whole program as data: its commands and what they take. */
export interface ProgramTree extends CommandTree {
  /** What may follow a path, '' for the program. In order of their names; aliases left out. */
  words(path: string): Word[];
  /** The flags of a command besides the global ones. */
  table(path: string): Promise<FlagTable>;
  /** Throws UsageError when there is no such command. */
  find(argv: readonly string[]): Found;
}
