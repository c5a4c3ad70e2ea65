import type { Clock, Random } from '../../api/clock';
import type { Connection } from '../../client/connection';
import type { Discovery } from '../../client/discovery';
import type { RestClient } from '../../client/http';
import type { KubeConfig } from '../../client/kubeconfig';
import type { ProgramTree } from '../program-tree';
import type { Streams } from './streams';

/** What the process brings: injected whole, so that a verb runs the same in a test. */
export interface Environment {
  readonly streams: Streams;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly cwd: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborts on the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** The command line as `--record` notes it; undefined without that flag. */
  readonly changeCause?: string;
  /** For what is about the program itself. */
  readonly program?: ProgramTree;
}

/** One run of a verb: its environment and, made when first asked for, what the global flags lead to. */
export interface Session extends Environment {
  /** The files of this run, merged. Throws KubeconfigError. */
  kubeconfig(): Promise<KubeConfig>;
  connection(): Promise<Connection>;
  client(): Promise<RestClient>;
  discovery(): Promise<Discovery>;
  /** `explicit` when --namespace was given: objects from files must then lie in it. */
  namespace(): Promise<{ name: string; explicit: boolean }>;
  /** `--kubeconfig`, '' when not given. */
  readonly explicitKubeconfig: string;
  /** How many different ones the server has sent so far. */
  readonly warningsReceived: number;
  /** Ends idle connections. */
  close(): Promise<void>;
}
