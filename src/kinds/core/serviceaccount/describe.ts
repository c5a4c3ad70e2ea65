import type { Secret, ServiceAccount } from '../../../api/generated/core.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeMeta } from '../../describing/labels';
import { describeText, type Write } from '../../describing/writer';

const secretsQuery = 'secrets';
const margin = ' '.repeat('Image pull secrets:'.length);

function describeNames(write: Write, title: string, names: readonly string[], existing: ReadonlySet<string> | undefined): void {
  if (names.length === 0) return write(0, `${title}\t<none>\n`);
  names.forEach((name, i) => write(0, `${i === 0 ? title : margin}\t${name}${existing && !existing.has(name) ? ' (not found)' : ''}\n`));
}

function isTokenOf({ metadata }: ServiceAccount, { type, metadata: { annotations } }: Secret): boolean {
  return type === 'kubernetes.io/service-account-token' && annotations?.['kubernetes.io/service-account.name'] === metadata.name
    && annotations['kubernetes.io/service-account.uid'] === metadata.uid;
}

export const serviceAccountDescribe: Describe<ServiceAccount> = {
  group: '',
  kind: 'ServiceAccount',
  related: (account) => [
    { as: secretsQuery, group: '', version: 'v1', plural: 'secrets', namespace: account.metadata.namespace },
    eventQuery(account, 'ServiceAccount'),
  ],
  render: (account, related, { nowMs }) => describeText((write) => {
    const secrets = related.list<Secret>(secretsQuery);
    // Unknown secrets cannot be said to be missing.
    const existing = related.answered(secretsQuery) ? new Set(secrets.map(({ metadata }) => metadata.name)) : undefined;
    const named = (list: readonly { name?: string }[] | undefined) => (list ?? []).map(({ name = '' }) => name);
    describeMeta(write, account.metadata);
    describeNames(write, 'Image pull secrets:', named(account.imagePullSecrets), existing);
    describeNames(write, 'Mountable secrets: ', named(account.secrets), existing);
    describeNames(write, 'Tokens:            ', secrets.filter((secret) => isTokenOf(account, secret)).map(({ metadata }) => metadata.name), undefined);
    describeEvents(write, related.events, nowMs);
  }),
};
