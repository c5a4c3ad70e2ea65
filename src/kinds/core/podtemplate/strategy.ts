import type { PodTemplate } from '../../../api/generated/core.v1';
import { nameIsDNSSubdomain, validateObjectMeta } from '../../../api/validation';
import type { Strategy } from '../../kind';
import { defaultPodTemplate } from '../../pods/defaults';
import { validatePodTemplate } from '../../pods/validation';
import { templateWarnings } from '../../pods/warnings';

/** After ValidatePodTemplate and pkg/registry/core/podtemplate/strategy.go. */
export const podTemplateStrategy: Strategy<PodTemplate> = {
  setDefaults: ({ template }) => defaultPodTemplate(template),
  validate: ({ metadata, template }) => [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validatePodTemplate(template ?? {}, 'template'),
  ],
  warnings: ({ template }, old) => templateWarnings(template, old?.template, 'template'),
  generationOf: ({ template }) => template ?? {},
};
