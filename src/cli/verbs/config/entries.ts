import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { onlyArg } from './args';
import { defaultFile, edit, startingConfig } from './file';

type List = 'clusters' | 'users' | 'contexts';

/** `config get-clusters`, `config get-users` */
export const listNames = (list: 'clusters' | 'users') => async (session: Session): Promise<void> => {
  const names = [...(await startingConfig(session))[list].keys()].sort();
  session.streams.out.write(['NAME', ...names].map((name) => `${name}\n`).join(''));
};

/** `config delete-cluster`, `config delete-user`, `config delete-context` */
export const deleteEntry = (list: List, what: 'cluster' | 'user' | 'context') => async (session: Session, { args }: Input): Promise<void> => {
  const name = onlyArg(args);
  const config = await startingConfig(session);
  const found = config[list].get(name);
  if (!found) throw new Error(`cannot delete ${what} ${name}, not in ${defaultFile(session)}`);
  if (what === 'context' && config.currentContext === name) {
    session.streams.err.write('warning: this removed your active context, use "kubectl config use-context" to select a different one\n');
  }
  await edit(session, found.file, (file) => {
    file[list] = (file[list] as { name: string }[]).filter((entry) => entry.name !== name) as never;
  });
  session.streams.out.write(`deleted ${what} ${name} from ${defaultFile(session)}\n`);
};
