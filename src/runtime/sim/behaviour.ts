import type { ContainerSpec } from '../port';

/** What a simulated container does with its life, in milliseconds from its start. */
export interface Behaviour {
  startDelayMs: number;
  startError?: string;
  /** Absent: it runs until it is stopped. */
  end?: { afterMs: number; exitCode: number; oomKilled: boolean };
  readyAfterMs: number;
  failLivenessAfterMs: number;
  ignoresTerm: boolean;
  logs: { atMs: number; text: string }[];
}

/** The restart policy that holds for the container, which the kubelet notes with it. */
export const restartPolicyAnnotation = 'knarr.dev/restart-policy';
const simAnnotationPrefix = 'knarr.dev/sim-';

/** What an annotation says of a container, or of all containers of the pod. */
export const simSetting = (annotations: Readonly<Record<string, string>>, container: string, name: string): string | undefined =>
  annotations[`${simAnnotationPrefix}${name}.${container}`] ?? annotations[simAnnotationPrefix + name];

const jobMs = 1000;

export function behaviourOf(spec: ContainerSpec, { startDelayMs = 0 }: { startDelayMs?: number } = {}): Behaviour {
  const setting = (name: string) => simSetting(spec.annotations, spec.name, name);
  const duration = (name: string) => parseDuration(setting(name));
  const script = readScript([...(spec.command ?? []), ...(spec.args ?? [])]);
  const exitCode = Number(setting('exit-code') ?? script.exitCode ?? 0);
  const endsAfterMs = duration('run-for') ?? (setting('exit-code') !== undefined ? jobMs : scriptedEnd(spec, script));
  const startError = setting('start-error');
  const logs = setting('logs')?.split('\n').map((text) => ({ atMs: 0, text })) ?? script.output;
  return {
    startDelayMs: duration('start-delay') ?? startDelayMs,
    ...(startError !== undefined && { startError }),
    ...(Number.isFinite(endsAfterMs) && { end: { afterMs: endsAfterMs, exitCode: setting('oom') === 'true' ? 137 : exitCode, oomKilled: setting('oom') === 'true' } }),
    readyAfterMs: duration('ready-after') ?? 0,
    failLivenessAfterMs: duration('fail-liveness-after') ?? Infinity,
    ignoresTerm: setting('ignore-term') === 'true',
    logs: logs.length > 0 ? logs : [{ atMs: 0, text: `${spec.image}: simulated, nothing runs here` }],
  };
}

function scriptedEnd(spec: ContainerSpec, script: Script): number {
  if (script.forever || (spec.stdin && isInteractiveShell(spec))) return Infinity;
  if (script.exitCode !== undefined) return script.lengthMs;
  const isJob = (spec.annotations[restartPolicyAnnotation] ?? 'Always') !== 'Always';
  const hasCommand = Boolean(spec.command?.length || spec.args?.length);
  if (isJob && hasCommand) return script.lengthMs || jobMs;
  return script.onlySleeps ? script.lengthMs : Infinity;
}

const shellName = /(^|\/)(ba|da|a)?sh$/;
const imageOfShell = /(^|\/)(busybox|alpine|debian|ubuntu)(:|@|$)/;

/** Whether the container's own process is a shell that reads its commands from stdin. */
export function isInteractiveShell({ command = [], args = [], image }: ContainerSpec): boolean {
  const [program, ...rest] = [...command, ...args];
  if (program === undefined) return imageOfShell.test(image);
  return shellName.test(program) && rest.every((word) => word.startsWith('-') && !word.includes('c'));
}

interface Script {
  output: { atMs: number; text: string }[];
  lengthMs: number;
  exitCode?: number;
  forever: boolean;
  onlySleeps: boolean;
}

const endless = /\b(while\s+(true|:)|tail\s+-[fF]|sleep\s+inf|for\s*\(\(;;)/;

/** Reads the few shell words that examples and tests are made of; everything else takes no time and prints nothing. */
function readScript(words: string[]): Script {
  const isShell = shellName.test(words[0] ?? '') && words[1]?.startsWith('-') && words[1].includes('c');
  const commands = isShell ? (words[2] ?? '').split(/;|&&|\n/).map((text) => text.trim()).filter(Boolean) : [words.join(' ')].filter(Boolean);
  const script: Script = { output: [], lengthMs: 0, forever: endless.test(words.join(' ')), onlySleeps: commands.length > 0 };
  for (const command of commands) {
    const [name, rest] = splitOnce(command);
    if (name === 'echo') script.output.push({ atMs: script.lengthMs, text: unquote(rest) });
    if (name === 'sleep') script.lengthMs += (parseDuration(/^[\d.]+$/.test(rest) ? `${rest}s` : rest) ?? 0);
    else script.onlySleeps = false;
    const exit = exitOf(name, rest);
    if (exit === undefined) continue;
    script.exitCode = exit;
    break;
  }
  return script;
}

function exitOf(name: string, rest: string): number | undefined {
  if (name === 'exit') return Number(rest) || 0;
  return name === 'false' ? 1 : undefined;
}

function splitOnce(text: string): [string, string] {
  const space = text.indexOf(' ');
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1).trim()];
}

export const unquote = (text: string) => text.replace(/^(["'])([\s\S]*)\1$/, '$2');

const unitsMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `1.5s`, `200ms`, `1m30s`, `never`. Undefined for everything else. */
export function parseDuration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'never') return Infinity;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * unitsMs[unit!]!, 0);
}
