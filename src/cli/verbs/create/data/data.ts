import { isUtf8 } from 'node:buffer';
import type { ConfigMap, Secret } from '../../../../api/generated/core.v1';
import type { GlobalFlags } from '../../../flags/global';
import type { Input } from '../../../flags/spec';
import type { Session } from '../../../session';
import { createGenerated, nameFrom } from '../generated';
import { metadataOf } from '../metadata';
import type { createConfigMapFlags, createSecretFlags } from './flags';
import { hashedName } from './hash';
import { configMapProblem, mapOf, secretProblem, unique } from './keys';
import { envFileEntries, fileEntries, literalEntry } from './sources';

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
        kind: 'ConfigMap', apiVersion: 'v1', metadata: metadataOf(flags['append-hash'] ? hashedName(name, hashed) : name, await session.namespace()),
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
        kind: 'Secret', apiVersion: 'v1', metadata: metadataOf(flags['append-hash'] ? hashedName(name, hashed) : name, await session.namespace()),
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
