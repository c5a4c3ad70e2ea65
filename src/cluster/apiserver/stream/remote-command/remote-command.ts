import { finished, type Writable } from 'node:stream';
import { badRequest } from '../../../../api/errors';
import type { Pod } from '../../../../api/generated/core.v1';
import { isTrue } from '../../http/request-info';
import { asApiError, statusObject } from '../../http/status';
import type { ExecOptions, ExecStreams, ExitStatus, NodeAgent } from '../../node-agent';
import { agentOf, containerOf, findPod, type FindAgent } from '../pods';
import type { UpgradeHandler } from '../upgrade';
import { acceptWebSocket } from '../websocket';
import { Channels, channel } from './channels';

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

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
    const { webSocket } = await acceptWebSocket(upgrade, protocols);
    const channels = new Channels(webSocket);
    const abort = new AbortController();
    webSocket.once('close', () => abort.abort());
    const streams = streamsOf(channels, options, abort.signal);
    const status = await run(agent, pod, options, streams).then(exitStatus, (error: unknown) => statusObject(asApiError(error, log)));
    // The status is the last that a client reads.
    await Promise.all([flushed(streams.stdout), flushed(streams.stderr)]);
    channels.send(channel.error, Buffer.from(JSON.stringify(status)), () => channels.close());
  };
}

function flushed(stream: Writable | undefined): Promise<void> | undefined {
  if (!stream || stream.writableFinished || stream.destroyed) return undefined;
  return new Promise((resolve) => {
    finished(stream, () => resolve());
    stream.end();
  });
}

/** Throws BadRequest. Source: ValidatePodExecOptions and the checks of the kubelet's handler. */
function commandOptions(query: URLSearchParams, pod: Pod): ExecOptions {
  const [stdin, stdout, stderr, tty] = ['stdin', 'stdout', 'stderr', 'tty'].map((name) => isTrue(query.get(name))) as [boolean, boolean, boolean, boolean];
  if (!stdin && !stdout && !stderr) throw badRequest('you must specify at least 1 of stdin, stdout, stderr');
  return { container: containerOf(pod, query.get('container')), command: query.getAll('command'), stdin, stdout, stderr: stderr && !tty, tty };
}

const streamsOf = (channels: Channels, options: ExecOptions, signal: AbortSignal): ExecStreams => ({
  ...(options.stdin && { stdin: channels.stdin }),
  ...(options.stdout && { stdout: channels.writer(channel.stdout) }),
  ...(options.stderr && { stderr: channels.writer(channel.stderr) }),
  ...(options.tty && { resize: channels.sizes }),
  signal,
});

/** Source: the v4 protocol of k8s.io/apiserver's remotecommand: the exit code travels in a cause. */
function exitStatus({ code }: ExitStatus): object {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {}, status: 'Failure', reason: 'NonZeroExitCode', message: `command terminated with non-zero exit code: exit status ${code}`,
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}
