import { ErrorList, throwAll } from '../../errors';
import { flagTable, type Input } from '../../flags/spec';
import { tableWriter } from '../../print/table';
import type { Session } from '../../session';
import { edit, put, startingConfig } from './file';
import { onlyArg, unexpectedArgs } from './args';

export const getContextsFlags = flagTable({
  'no-headers': { type: 'bool', help: 'Leave out the header line.' },
  'output': { type: 'string', short: 'o', help: 'name: names only.' },
});

export async function currentContext(session: Session): Promise<void> {
  const { currentContext: name } = await startingConfig(session);
  if (!name) throw new Error('current-context is not set');
  session.streams.out.write(`${name}\n`);
}

export async function getContexts(session: Session, { flags, args }: Input<typeof getContextsFlags>): Promise<void> {
  if (!['', 'name'].includes(flags.output)) {
    throw new Error(`--output ${flags.output} is not available in kubectl config get-contexts; resetting to default output format`);
  }
  const { contexts, currentContext: current } = await startingConfig(session);
  const missing = args.filter((name) => !contexts.has(name)).map((name) => new Error(`context ${name} not found`));
  const names = [...(args.length ? args.filter((name) => contexts.has(name)) : contexts.keys())].sort();
  const rows = names.map((name) => {
    if (flags.output === 'name') return [name];
    const { cluster = '', user = '', namespace = '' } = contexts.get(name)!.value;
    return [name === current ? '*' : ' ', name, cluster, user, namespace];
  });
  const header = flags['no-headers'] || flags.output === 'name' ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']];
  session.streams.out.write(tableWriter()([...header, ...rows].map((cells) => `${cells.join('\t')}\n`).join('')));
  if (missing.length > 1) throw new ErrorList(missing);
  throwAll(missing);
}

export async function useContext(session: Session, { args }: Input): Promise<void> {
  const name = onlyArg(args);
  const { contexts, currentContextFile } = await startingConfig(session);
  if (!contexts.has(name)) throw new Error(`no context exists with the name: ${JSON.stringify(name)}`);
  await edit(session, currentContextFile, (config) => {
    config['current-context'] = name;
  });
  session.streams.out.write(`Switched to context ${JSON.stringify(name)}.\n`);
}

export const setContextFlags = flagTable({
  'current': { type: 'bool', help: 'Change the current context.' },
  'cluster': { type: 'string', help: 'The cluster of the context.' },
  'user': { type: 'string', help: 'The user of the context.' },
  'namespace': { type: 'string', help: 'The namespace of the context.' },
});

export async function setContext(session: Session, { flags, args, changed }: Input<typeof setContextFlags>): Promise<void> {
  if (args.length > 1) throw unexpectedArgs(args);
  if (!args.length && !flags.current) throw new Error('you must specify a non-empty context name or --current');
  if (args.length && flags.current) throw new Error('you cannot specify both a context name and --current');
  const { contexts, currentContext: current } = await startingConfig(session);
  if (flags.current && !current) throw new Error('no current context is set');
  const name = args[0] ?? current;
  const existing = contexts.get(name);
  await edit(session, existing?.file, (config) => put(config.contexts, {
    name,
    context: {
      ...existing?.value,
      ...(changed.has('cluster') && { cluster: flags.cluster }),
      ...(changed.has('user') && { user: flags.user }),
      ...(changed.has('namespace') && { namespace: flags.namespace }),
    },
  }));
  session.streams.out.write(`Context ${JSON.stringify(name)} ${existing ? 'modified' : 'created'}.\n`);
}

export async function renameContext(session: Session, { args }: Input): Promise<void> {
  if (args.length !== 2) throw unexpectedArgs(args);
  const [from, to] = args as readonly [string, string];
  const { contexts, currentContext: current, currentContextFile, files } = await startingConfig(session);
  const found = contexts.get(from);
  if (!found) throw new Error(`cannot rename the context ${JSON.stringify(from)}, it's not in ${files[0]}`);
  if (contexts.has(to)) throw new Error(`cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${files[0]}`);
  await edit(session, found.file, (config) => {
    config.contexts = config.contexts.map((entry) => (entry.name === from ? { ...entry, name: to } : entry));
  });
  if (current === from) {
    await edit(session, currentContextFile, (config) => {
      config['current-context'] = to;
    });
  }
  session.streams.out.write(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.\n`);
}
