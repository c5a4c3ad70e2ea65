import { kubernetesVersion } from '../api/version';

/** k8s.io/apimachinery/pkg/version.Info, as /version answers it. */
export interface VersionInfo {
  major: string;
  minor: string;
  gitVersion: string;
  [field: string]: string;
}

/** The kubectl whose behaviour this program has. */
export const clientVersion: VersionInfo = {
  ...kubernetesVersion, gitCommit: '', gitTreeState: 'clean', buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none', compiler: 'node', platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
};

const fields = [
  'Major', 'Minor', 'EmulationMajor', 'EmulationMinor', 'MinCompatibilityMajor', 'MinCompatibilityMinor',
  'GitVersion', 'GitCommit', 'GitTreeState', 'BuildDate', 'GoVersion', 'Compiler', 'Platform',
];

/** What `--match-server-version` says of another server. After discovery.MatchesServerVersion. */
export function versionMismatch(server: VersionInfo, client = clientVersion): Error | undefined {
  if (['gitVersion', 'gitCommit', 'gitTreeState'].every((field) => (server[field] ?? '') === (client[field] ?? ''))) return undefined;
  return new Error(`server version (&${inGo(server)}) differs from client version (${inGo(client)})`);
}

const inGo = (info: VersionInfo): string =>
  `version.Info{${fields.map((field) => `${field}:${JSON.stringify(info[field[0]!.toLowerCase() + field.slice(1)] ?? '')}`).join(', ')}}`;
