import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { ConfigMap, Secret } from '../../../../api/generated/core.v1';
import { isConfigMapKey } from '../../../../api/validation';
import type { GlobalFlags } from '../../../flags/global';
import type { Input } from '../../../flags/spec';
import { goJson } from '../../../print/go-json';
import type { Session } from '../../../session';
import { createGenerated, nameFrom } from '../generated';
import { metadataOf } from '../metadata';
import type { createConfigMapFlags, createSecretFlags } from './flags';
import { envFileEntries, fileEntries, literalEntry, type Entry } from './sources';

type ConfigMapInput = Input<typeof createConfigMapFlags & GlobalFlags>;
type SecretInput = Input<typeof createSecretFlags & GlobalFlags>;

const core = (plural: string) => ({ group: '', version: 'v1', plural, namespaced: true });

/** After create_configmap.go. */
export async function createConfigMap(session: Session, input: ConfigMapInput): Promise<void> {
  const name = nameFrom(input, 'kubectl create configmap');
  await createGenerated<ConfigMap>(session, input, async () => {
    const { flags } = input;
    checkSources(flags);
    const entries = unique([...filesOf(session, flags), ...flags['from-literal'].map(literalEntry), ...envOf(session, flags, 'config')], configMapProblem(name));
    const text = entries.filter(({ value }) => isUtf8(value));
    const binary = entries.filter(({ value }) => !isUtf8(value));
    const data = mapOf(text, (value) => value.toString());
    const binaryData = mapOf(binary, (value) => value.toString('base64'));
    const hashed = { kind: 'ConfigMap', name, data, ...(binary.length && { binaryData }) };
    return {
      resource: core('configmaps'), type: 'io.k8s.api.core.v1.ConfigMap', failure: 'failed to create configmap:',
      object: {
        kind: 'ConfigMap', apiVersion: 'v1', metadata: metadataOf(named(name, hashed, flags), await session.namespace()),
        ...(text.length && { data }), ...(binary.length && { binaryData }),
      },
    };
  });
}

/** After create_secret.go. */
export async function createSecret(session: Session, input: SecretInput): Promise<void> {
  const name = nameFrom(input, 'kubectl create secret generic');
  await createGenerated<Secret>(session, input, async () => {
    const { flags } = input;
    checkSources(flags);
    const entries = unique([...flags['from-literal'].map(literalEntry), ...filesOf(session, flags), ...envOf(session, flags, 'secret')], secretProblem);
    const data = mapOf(entries, (value) => value.toString('base64'));
    const hashed = { kind: 'Secret', type: flags.type, name, data };
    return {
      resource: core('secrets'), type: 'io.k8s.api.core.v1.Secret', failure: 'failed to create secret',
      object: {
        kind: 'Secret', apiVersion: 'v1', metadata: metadataOf(named(name, hashed, flags), await session.namespace()),
        ...(entries.length && { data }), ...(flags.type && { type: flags.type }),
      },
    };
  });
}

type DataFlags = ConfigMapInput['flags'];

function checkSources(flags: DataFlags): void {
  if (flags['from-env-file'].length && (flags['from-file'].length || flags['from-literal'].length)) {
    throw new Error('from-env-file cannot be combined with from-file or from-literal');
  }
}

const filesOf = (session: Session, flags: DataFlags) => flags['from-file'].flatMap((source) => fileEntries(source, session));
const envOf = (session: Session, flags: DataFlags, what: string) => flags['from-env-file'].flatMap((file) => envFileEntries(file, what, session));

/** What is wrong with a key, when there is something. `earlier` is the entry that has it already. */
type Problem = (key: string, problems: readonly string[], earlier: Entry | undefined) => string | undefined;

const secretProblem: Problem = (key, problems, earlier) => {
  if (problems.length) return `${JSON.stringify(key)} is not valid key name for a Secret ${problems.join(';')}`;
  return earlier && `cannot add key ${key}, another key by that name already exists`;
};

const configMapProblem = (name: string): Problem => (key, problems, earlier) => {
  if (problems.length) return `${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${problems.join(',')}`;
  return earlier && `cannot add key ${JSON.stringify(key)}, another key by that name already exists in ${isUtf8(earlier.value) ? 'Data' : 'BinaryData'} for ConfigMap ${JSON.stringify(name)}`;
};

function unique(entries: readonly Entry[], problemOf: Problem): readonly Entry[] {
  entries.forEach(({ key }, index) => {
    const problem = problemOf(key, isConfigMapKey(key), entries.slice(0, index).find((entry) => entry.key === key));
    if (problem) throw new Error(problem);
  });
  return entries;
}

/** By key, as Go prints maps. */
const mapOf = (entries: readonly Entry[], textOf: (value: Buffer) => string): Record<string, string> =>
  Object.fromEntries([...entries].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, value }) => [key, textOf(value)]));

const hashLength = 10;
/** So that no words come about. */
const replaced: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** With --append-hash the name tells the content. After k8s.io/kubectl/pkg/util/hash. */
function named(name: string, content: object, flags: DataFlags): string {
  if (!flags['append-hash']) return name;
  const hex = createHash('sha256').update(goJson(content)).digest('hex').slice(0, hashLength);
  return `${name}-${[...hex].map((digit) => replaced[digit] ?? digit).join('')}`;
}
