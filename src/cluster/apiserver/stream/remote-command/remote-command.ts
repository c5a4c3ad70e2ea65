import { badRequest } from '../../../../api/errors';
import type { Pod } from '../../../../api/generated/core.v1';
import type { Status } from '../../../../api/meta';
import { isTrue } from '../../http/request-info';
import { asApiError, statusObject } from '../../http/status';
import type { ExecOptions, ExecStreams, ExitStatus, NodeAgent } from '../../node-agent';
import { agentOf, containerOf, findPod, type FindAgent } from '../pods';
import { isSpdy } from '../spdy';
import type { UpgradeHandler } from '../upgrade';
import { overSpdy } from './over-spdy';
import { overWebSocket } from './over-websocket';

type Run = (agent: NodeAgent, pod: Pod, options: ExecOptions, streams: ExecStreams) => Promise<ExitStatus>;

export const exec = (find: FindAgent, log: (line: string) => void): UpgradeHandler =>
  remoteCommand(find, log, true, (agent, ...rest) => agent.exec(...rest));

export const attach = (find: FindAgent, log: (line: string) => void): UpgradeHandler =>
  remoteCommand(find, log, false, (agent, ...rest) => agent.attach(...rest));

function remoteCommand(find: FindAgent, log: (line: string) => void, needsCommand: boolean, run: Run): UpgradeHandler {
  return async (upgrade, target) => {
    const pod = findPod(target);
    const options = commandOptions(upgrade.query, pod);
    if (needsCommand && !options.command.length) throw badRequest('you must specify at least 1 command for the container');
    const agent = agentOf(pod, find);
    const remote = await (isSpdy(upgrade) ? overSpdy : overWebSocket)(upgrade, options);
    const status = await run(agent, pod, options, remote.streams).then(exitStatus, (error: unknown) => statusObject(asApiError(error, log)));
    await remote.finish(status);
  };
}

/** Throws BadRequest. Source: ValidatePodExecOptions and the checks of the kubelet's handler. */
function commandOptions(query: URLSearchParams, pod: Pod): ExecOptions {
  const [stdin, stdout, stderr, tty] = ['stdin', 'stdout', 'stderr', 'tty'].map((name) => isTrue(query.get(name))) as [boolean, boolean, boolean, boolean];
  if (!stdin && !stdout && !stderr) throw badRequest('you must specify at least 1 of stdin, stdout, stderr');
  return { container: containerOf(pod, query.get('container')), command: query.getAll('command'), stdin, stdout, stderr: stderr && !tty, tty };
}

/** Source: the v4 protocol of k8s.io/apiserver's remotecommand: the exit code travels in a cause. */
function exitStatus({ code }: ExitStatus): Partial<Status> {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {}, status: 'Failure', reason: 'NonZeroExitCode', message: `command terminated with non-zero exit code: exit status ${code}`,
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}
