import type { RuntimeName } from '../../../client/profile';

export interface NodeState {
  name: string;
  status: 'Ready' | 'NotReady';
  address?: string;
}

export interface ClusterStatus {
  profile: string;
  running: boolean;
  runtime?: RuntimeName;
  pid?: number;
  apiServer?: string;
  context?: string;
  /** Where Ingresses are served: `http://127.0.0.1`, `https://127.0.0.1:8443`. */
  ingress?: string[];
  nodes: NodeState[];
}
