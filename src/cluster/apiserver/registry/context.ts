import type { UserInfo } from '../authn/user';

/** What a write is told about the request behind it. */
export interface WriteContext {
  readonly user: UserInfo;
  readonly dryRun: boolean;
  /** Who is written down as the manager of what changes; `unknown` when absent or empty. */
  readonly fieldManager?: string;
  /** How unknown and duplicate fields of a patch's result are treated; Ignore when absent. */
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** The options of the request as admission is told of them: those of CreateOptions, UpdateOptions or DeleteOptions that it gives. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** A note for the audit log. */
  annotate?(key: string, value: string): void;
  /** A Warning header of the answer. */
  warn(text: string): void;
}

/** What the server writes for itself. */
export const serverContext: WriteContext = {
  user: { name: 'system:apiserver', groups: ['system:masters'] }, dryRun: false, fieldManager: 'kube-apiserver', warn: () => undefined,
};
