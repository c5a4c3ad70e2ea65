import type { IngressClass } from '../../../api/generated/networking.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describeText, field } from '../../describing/writer';

export const ingressClassDescribe: Describe<IngressClass> = {
  group: 'networking.k8s.io',
  kind: 'IngressClass',
  related: (ingressClass) => [eventQuery(ingressClass, 'IngressClass')],
  render: ({ metadata, spec }, { events }, { nowMs }) => describeText((write) => {
    field(write, 'Name', metadata.name);
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    field(write, 'Controller', spec?.controller);
    if (spec?.parameters) {
      write(0, 'Parameters:\n');
      if (typeof spec.parameters.apiGroup === 'string') field(write, 'APIGroup', spec.parameters.apiGroup, 1);
      field(write, 'Kind', spec.parameters.kind, 1);
      field(write, 'Name', spec.parameters.name, 1);
    }
    describeEvents(write, events, nowMs);
  }),
};
