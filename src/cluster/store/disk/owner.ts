import type { Database, RootDatabase } from 'lmdb';
import { StoreError } from '../errors';
import { processIdentity } from './process-identity';

interface Owner {
  pid: number;
  identity: string;
}

const key = 'owner';

/**
 * Makes this process the one that has the store open. The record lives in the database itself: LMDB's write
 * transaction is exclusive between processes and is released when one dies, so that two openers cannot both win.
 */
export function takeOwnership(root: RootDatabase, meta: Database<unknown, string>, directory: string): void {
  const own: Owner = { pid: process.pid, identity: processIdentity(process.pid) ?? '' };
  root.transactionSync(() => {
    const owner = meta.get(key) as Owner | undefined;
    if (owner && processIdentity(owner.pid) === owner.identity) {
      throw new StoreError('InUse', `${directory} is in use by process ${owner.pid}`);
    }
    void meta.put(key, own);
  });
}

export function releaseOwnership(root: RootDatabase, meta: Database<unknown, string>): void {
  root.transactionSync(() => void meta.remove(key));
}
