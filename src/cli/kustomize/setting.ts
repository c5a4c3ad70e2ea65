import type { Schemas } from './schema';

/** What a build has been asked for and needs, beside the kustomizations. */
export interface Setting {
  schemas: Schemas;
  helmEnabled: boolean;
  pluginsEnabled: boolean;
  /** For warnings, without the line's end. */
  warn: (line: string) => void;
}
