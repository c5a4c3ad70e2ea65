import { readFileSync } from 'node:fs';
import type { Clock } from '../../api/clock';
import type { AuditOptions } from '../apiserver/audit/auditor';
import { readAuditPolicy } from '../apiserver/audit/read-policy';
import { AuditLog, type AuditLogOptions } from './audit-log';
import type { Closers } from './closers';
import type { Log } from './log';

export interface AuditSettings extends AuditLogOptions {
  readonly policyFile: string;
}

/** Throws an Error that names the file when the policy cannot be read or the log not be written. */
export function auditing(settings: AuditSettings, clock: Clock, log: Log, closers: Closers): AuditOptions {
  const policy = readPolicy(settings.policyFile);
  const file = new AuditLog(settings, clock, log);
  closers.add('audit log', () => file.close());
  return { policy, sink: (event) => file.write(event) };
}

function readPolicy(path: string) {
  try {
    return readAuditPolicy(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${(error as Error).message}: from file ${path}`, { cause: error });
  }
}
