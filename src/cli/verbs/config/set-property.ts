import type { EditableConfig, KubeConfig } from '../../../client/kubeconfig';
import { flagTable, type Input } from '../../flags/spec';
import type { Session } from '../../session';
import { unexpectedArgs } from './args';
import { edit, put, startingConfig } from './file';
import { parseProperty, valueFor, type Property, type Section } from './property';

export const setFlags = flagTable({
  'set-raw-bytes': { type: 'bool', help: 'Take the value of a data field as it is, not as base64.' },
});

/** The member that holds an entry's fields. */
const member = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;

/** After k8s.io/kubectl/pkg/cmd/config/set.go. */
export async function setProperty(session: Session, { flags, args }: Input<typeof setFlags>): Promise<void> {
  if (args.length !== 2) throw unexpectedArgs(args);
  const [path, text] = args as readonly [string, string];
  if (!text) throw new Error('you cannot use set to unset a property');
  if (!path) throw new Error('you must specify a property');
  const config = await startingConfig(session);
  await change(session, config, parseProperty(path), text, flags['set-raw-bytes']);
  session.streams.out.write(`Property ${JSON.stringify(path)} set.\n`);
}

/** After k8s.io/kubectl/pkg/cmd/config/unset.go. */
export async function unsetProperty(session: Session, { args }: Input): Promise<void> {
  if (args.length !== 1) throw unexpectedArgs(args);
  const [path] = args as readonly [string];
  if (!path) throw new Error('you must specify a property');
  await remove(session, await startingConfig(session), parseProperty(path));
  session.streams.out.write(`Property ${JSON.stringify(path)} unset.\n`);
}

async function change(session: Session, config: KubeConfig, property: Property, text: string, isRaw: boolean): Promise<void> {
  switch (property.of) {
    case 'constant': return;
    case 'current-context': return setCurrentContext(session, config, text);
    case 'preferences': return setPreference(session, config, property.field, property.field && valueFor(property.field.leaf, text, isRaw));
    case 'entry': if (property.field) return setField(session, config, property.section, property.name, property.field.name, valueFor(property.field.leaf, text, isRaw));
  }
  throw new Error(`can't set a map to a value: ${JSON.stringify([...config[property.section].keys()])}`);
}

async function remove(session: Session, config: KubeConfig, property: Property): Promise<void> {
  switch (property.of) {
    case 'constant': return;
    case 'current-context': return setCurrentContext(session, config, '');
    case 'preferences': return setPreference(session, config, property.field, undefined);
    case 'section': return removeEntries(session, config, property.section, [...config[property.section].keys()]);
    case 'entry':
      if (!property.field) return removeEntries(session, config, property.section, [property.name]);
      if (!config[property.section].has(property.name)) throw new Error(`current map key \`${property.name}\` is invalid`);
      return setField(session, config, property.section, property.name, property.field.name, undefined);
  }
}

const setCurrentContext = (session: Session, { currentContextFile }: KubeConfig, name: string) => edit(session, currentContextFile, (config) => {
  config['current-context'] = name;
});

async function setPreference(session: Session, { preferences }: KubeConfig, field: { name: string } | undefined, value: unknown): Promise<void> {
  const kept = field ? { ...(preferences as Record<string, unknown> | undefined), [field.name]: value } : {};
  await edit(session, undefined, (config) => {
    config.preferences = kept;
  });
}

async function setField(session: Session, config: KubeConfig, section: Section, name: string, field: string, value: unknown): Promise<void> {
  const existing = config[section].get(name);
  const entry = { name, [member[section]]: { ...existing?.value, [field]: value } };
  await edit(session, existing?.file, (editable) => put(editable[section] as { name: string }[], entry));
}

/** Each entry goes from the file that has it. */
async function removeEntries(session: Session, config: KubeConfig, section: Section, names: readonly string[]): Promise<void> {
  const located = names.flatMap((name) => config[section].get(name) ?? []);
  for (const file of new Set(located.map((entry) => entry.file))) {
    await edit(session, file, (editable) => {
      const entries: { name: string }[] = editable[section];
      (editable as { [key in Section]: unknown })[section] = entries.filter(({ name }) => !names.includes(name)) as EditableConfig[Section];
    });
  }
}
