import type { Capacity } from '../../client/machine';
import type { RuntimeName } from '../../client/profile';
import type { AuditSettings } from './auditing';

/** What `knarr start` hands to the daemon, as one JSON argument. */
export interface DaemonOptions {
  home: string;
  profile: string;
  runtime: RuntimeName | 'auto';
  /** Refused when taken. Absent: the port of the last start, else 6443, else any free one. */
  apiPort?: number;
  /** Of Ingresses. Refused when taken. Absent: the ports of the last start, else 80 and 443, else 8080 and 8443, else any free ones. */
  httpPort?: number;
  httpsPort?: number;
  kubeconfig: string;
  /** At least so many machines; one when absent. */
  nodes?: number;
  /** Of new machines. */
  capacity?: Capacity;
  audit?: AuditSettings;
  /** CSV of static tokens. */
  tokenAuthFile?: string;
  /** `api/beta=true,networking.k8s.io/v1=false`: which APIs are served beyond the stable ones, and which are not. */
  runtimeConfig?: string;
  /** Serve the versions that Kubernetes gave up before 1.33. */
  legacyApis?: boolean;
}

export function parseOptions(text: string | undefined): DaemonOptions {
  if (!text) throw new Error('the daemon is started by `knarr start`, not by hand');
  return JSON.parse(text) as DaemonOptions;
}
