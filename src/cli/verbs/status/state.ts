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
  nodes: NodeState[];
}
