import type { Container, EnvVar, EnvVarSource } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { readAll } from '../../../client/http';
import type { Info } from '../../builder';
import { dryRunStrategy } from '../../dry-run';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { applySetting, settingPrinter, settingTargets } from './change';
import { envNameOf, parseEnv, splitEnvArgs, updatedEnv, type EnvChanges } from './env-args';
import type { setEnvFlags } from './flags';
import { podSpecOf, selectContainers } from './pod-spec';

type EnvInput = Input<typeof setEnvFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/set/set_env.go. */
export async function setEnv(session: Session, { flags, args }: EnvInput): Promise<void> {
  if (flags.all && flags.selector) throw new Error('cannot set --all and --selector at the same time');
  const split = splitEnvArgs(args);
  if (!split) throw new Error(`all resources must be specified before environment changes: ${args.join(' ')}`);
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const print = await settingPrinter(session, 'env updated', flags, dryRun);
  validate(flags, split.resources, dryRun === 'server');
  const changes = await parseEnv([...flags.env, ...split.env], async () => (await readAll(session.streams.in as AsyncIterable<Uint8Array>)).toString());
  if (flags.from) changes.set.push(...await imported(session, flags));
  const prefixed = { ...changes, set: changes.set.map((variable) => ({ ...variable, name: flags.prefix + variable.name })) };
  const infos = await settingTargets(session, flags, split.resources);
  const update = (object: Unstructured) => updateContainers(session, flags, object, prefixed);
  if (flags.list) {
    for (const { object } of infos) list(session, object, update);
    return;
  }
  await applySetting(session, infos, { flags, dryRun, print, failure: 'failed to patch env update to pod template:' }, (object) => void update(object));
}

function validate(flags: EnvInput['flags'], resources: readonly string[], onServer: boolean): void {
  if (flags.local && onServer) throw new Error('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  if (!flags.filename.length && !resources.length) throw new Error('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (flags.list && flags.output) throw new Error('--list and --output may not be specified together');
  if (flags.keys.length && !flags.from) throw new Error('when specifying --keys, a configmap or secret must be provided with --from');
  if (flags.resolve) throw new Error('--resolve is not supported: the values behind references are not looked up');
}

/** Variables that refer to the keys of a ConfigMap or Secret. */
async function imported(session: Session, flags: EnvInput['flags']): Promise<EnvVar[]> {
  const infos = await settingTargets(session, { ...flags, filename: [] }, [flags.from]);
  return infos.flatMap((info) => variablesOf(session, flags, info));
}

function variablesOf({ streams }: Session, { keys }: EnvInput['flags'], { object, name }: Info): EnvVar[] {
  const reference = { Secret: 'secretKeyRef', ConfigMap: 'configMapKeyRef' }[object.kind ?? ''];
  if (!reference) throw new Error('unsupported resource specified in --from');
  const all = Object.keys((object as { data?: Record<string, string> }).data ?? {}).sort();
  return all.filter((key) => !keys.length || keys.includes(key)).map((key) => {
    const variable = envNameOf(key);
    if (variable !== key) streams.err.write(`Warning: key ${key} transferred to ${variable}\n`);
    return { name: variable, valueFrom: { [reference]: { name, key } } };
  });
}

/** The containers that were changed, in place. */
function updateContainers({ streams }: Session, { containers: pattern, overwrite }: EnvInput['flags'], object: Unstructured, changes: EnvChanges): Container[] {
  const containers = selectContainers(podSpecOf(object), pattern);
  if (!containers.length) streams.err.write(`Warning: ${object.kind}/${object.metadata.name} does not have any containers matching ${JSON.stringify(pattern)}\n`);
  for (const container of containers) {
    if (!overwrite) checkOverwrites(container.env ?? [], changes.set);
    container.env = updatedEnv(container.env ?? [], changes);
  }
  return containers;
}

function checkOverwrites(existing: readonly EnvVar[], set: readonly EnvVar[]): void {
  for (const { name, value = '' } of set) {
    const current = existing.find((each) => each.name === name);
    if (current && (current.value ?? '') !== value) throw new Error(`'${name}' already has a value (${current.value ?? ''}), and --overwrite is false`);
  }
}

function list({ streams }: Session, object: Unstructured, update: (object: Unstructured) => Container[]): void {
  const { kind, metadata } = object;
  for (const { name, env = [] } of update(structuredClone(object))) {
    streams.out.write(`# ${kind} ${metadata.name}, container ${name}\n`);
    for (const variable of env) {
      const { valueFrom } = variable;
      streams.out.write(valueFrom ? `# ${variable.name} from ${sourceText(valueFrom)}\n` : `${variable.name}=${variable.value ?? ''}\n`);
    }
  }
}

function sourceText({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`;
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  if (!resourceFieldRef) return 'invalid valueFrom';
  return `resource field ${resourceFieldRef.containerName ? `${resourceFieldRef.containerName}/` : ''}${resourceFieldRef.resource}`;
}
