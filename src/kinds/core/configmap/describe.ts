import type { ConfigMap } from '../../../api/generated/core.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeMeta } from '../../describing/labels';
import { describeText } from '../../describing/writer';

export const configMapDescribe: Describe<ConfigMap> = {
  group: '',
  kind: 'ConfigMap',
  related: (config) => [eventQuery(config, 'ConfigMap')],
  render: ({ metadata, data = {}, binaryData = {} }, { events }, { nowMs }) => describeText((write) => {
    describeMeta(write, metadata);
    write(0, '\nData\n====\n');
    for (const [key, text] of Object.entries(data)) write(0, `${key}:\n----\n${text}\n\n`);
    write(0, '\nBinaryData\n====\n');
    for (const [key, encoded] of Object.entries(binaryData)) write(0, `${key}: ${Buffer.from(encoded, 'base64').length} bytes\n`);
    write(0, '\n');
    describeEvents(write, events, nowMs);
  }),
};
