import type { Secret } from '../../../api/generated/core.v1';
import type { Describe } from '../../describe';
import { describeMeta } from '../../describing/labels';
import { describeText, field } from '../../describing/writer';

/** Only the token of a service account is shown: it is there to be copied. */
function valueText({ type }: Secret, key: string, encoded: string): string {
  const value = Buffer.from(encoded, 'base64');
  return key === 'token' && type === 'kubernetes.io/service-account-token' ? value.toString('utf8') : `${value.length} bytes`;
}

export const secretDescribe: Describe<Secret> = {
  group: '',
  kind: 'Secret',
  render: (secret) => describeText((write) => {
    describeMeta(write, secret.metadata);
    write(0, `\nType:\t${secret.type ?? ''}\n`);
    write(0, '\nData\n====\n');
    for (const [key, encoded] of Object.entries(secret.data ?? {})) field(write, key, valueText(secret, key, encoded));
  }),
};
