import { isConnectionError } from '../../../client/http/connection-error';
import { clientVersion, type VersionInfo } from '../../client-version';
import { flagTable, type Input } from '../../flags/spec';
import { goJson } from '../../print/go-json';
import type { Session } from '../../session';

export const versionFlags = flagTable({
  'client': { type: 'bool', help: 'Only the client; no server is asked.' },
  'output': { type: 'string', short: 'o', help: 'json or yaml.' },
});

const kustomizeVersion = 'v5.6.0';

/** Client and server versions. What can be told is printed before a failing server is reported. */
export async function version(session: Session, { flags, args }: Input<typeof versionFlags>): Promise<void> {
  if (args.length) throw new Error(`extra arguments: [${args.join(' ')}]`);
  if (!['', 'json', 'yaml'].includes(flags.output)) throw new Error("--output must be 'yaml' or 'json'");
  const server = flags.client ? {} : await askServer(session);
  const info = { clientVersion, kustomizeVersion, ...(server.version && { serverVersion: server.version }) };
  session.streams.out.write(await format(info, flags.output));
  if (server.version) warnOfSkew(session, server.version);
  if (server.error) throw server.error;
}

async function askServer(session: Session): Promise<{ version?: VersionInfo; error?: unknown }> {
  try {
    return { version: await (await session.client()).request<VersionInfo>({ path: '/version' }) };
  } catch (error) {
    // A broken configuration is told at once; a server that does not answer after the client's version.
    if (!isConnectionError(error) && (error as Error).name !== 'ApiError') throw error;
    return { error };
  }
}

type Versions = { clientVersion: VersionInfo; kustomizeVersion: string; serverVersion?: VersionInfo };

async function format(info: Versions, output: string): Promise<string> {
  if (output === 'json') return `${goJson(info, '  ', { keepOrder: true })}\n`;
  if (output === 'yaml') return `${(await import('../../../api/yaml')).toYaml(info)}\n`;
  const server = info.serverVersion ? `Server Version: ${info.serverVersion.gitVersion}\n` : '';
  return `Client Version: ${info.clientVersion.gitVersion}\nKustomize Version: ${info.kustomizeVersion}\n${server}`;
}

const minorSkewMax = 1;

function warnOfSkew({ streams }: Session, server: VersionInfo): void {
  const [major = 0, minor = 0] = server.gitVersion.replace(/^v/, '').split('.').map(Number);
  const ours = { major: Number(clientVersion.major), minor: Number(clientVersion.minor) };
  if (major === ours.major && Math.abs(minor - ours.minor) <= minorSkewMax) return;
  streams.err.write(`WARNING: version difference between client (${ours.major}.${ours.minor}) and server (${major}.${minor}) exceeds the supported minor version skew of +/-${minorSkewMax}\n`);
}
