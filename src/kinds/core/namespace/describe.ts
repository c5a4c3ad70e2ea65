import type { LimitRange, Namespace, ResourceQuota } from '../../../api/generated/core.v1';
import type { Describe, RelatedQuery } from '../../describe';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describeLimitRanges, describeQuotas } from '../../describing/quotas';
import { dateText } from '../../describing/time';
import { describeText, field, type Write } from '../../describing/writer';

const inside = (plural: string, { metadata: { name } }: Namespace): RelatedQuery => ({ as: plural, group: '', version: 'v1', plural, namespace: name });

function describeConditions(write: Write, { status }: Namespace): void {
  if (!status?.conditions?.length) return;
  write(0, 'Conditions:\n');
  write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
  write(1, '----\t------\t------------------\t------\t-------\n');
  for (const { type, status: value, lastTransitionTime, reason = '', message = '' } of status.conditions) {
    write(1, `${[type, value, dateText(lastTransitionTime), reason, message].join('\t')}\n`);
  }
}

export const namespaceDescribe: Describe<Namespace> = {
  group: '',
  kind: 'Namespace',
  related: (namespace) => [inside('resourcequotas', namespace), inside('limitranges', namespace)],
  render: (namespace, related) => describeText((write) => {
    const { metadata, status } = namespace;
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    field(write, 'Status', status?.phase);
    describeConditions(write, namespace);
    if (related.answered('resourcequotas')) {
      write(0, '\n');
      describeQuotas(write, related.list<ResourceQuota>('resourcequotas'));
    }
    if (related.answered('limitranges')) {
      write(0, '\n');
      describeLimitRanges(write, related.list<LimitRange>('limitranges'));
    }
  }),
};
