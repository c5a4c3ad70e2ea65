import type { FieldError } from '../../../api/errors';
import type { VolumeAttachment, VolumeAttachmentSource } from '../../../api/generated/storage.v1';
import {
  fieldIsImmutable, forbiddenField, invalidEach, invalidValue, isDNS1123Subdomain, nameIsDNSSubdomain, required, semanticEqual, ShownAs,
  validateObjectMeta, type Path,
} from '../../../api/validation';
import type { Strategy } from '../../kind';
import { validateDriverName } from '../../volume-drivers';

const exactlyOne = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';

/** Inline volumes are those of pods that were moved to a driver: only what their source is gets looked at. */
function validateSource({ inlineVolumeSpec, persistentVolumeName: name }: VolumeAttachmentSource, path: Path): FieldError[] {
  if (inlineVolumeSpec && name !== undefined) return [forbiddenField(path, exactlyOne)];
  if (inlineVolumeSpec) return inlineVolumeSpec.csi ? [] : [required(`${path}.inlineVolumeSpec.csi`, 'has to be specified in the context of inline volumes')];
  if (name === undefined) return [required(path, exactlyOne)];
  const at = `${path}.persistentVolumeName`;
  return name ? invalidEach(at, name, isDNS1123Subdomain(name)) : [required(at, 'must specify non empty persistentVolumeName')];
}

/** After ValidateVolumeAttachment and pkg/registry/storage/volumeattachment/strategy.go. */
export const volumeAttachmentStrategy: Strategy<VolumeAttachment> = {
  prepareForCreate(attachment) {
    attachment.status = { attached: false };
  },
  validate: ({ metadata, spec }) => [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...validateDriverName(spec.attacher, 'spec.attacher'),
    ...validateSource(spec.source ?? {}, 'spec.source'),
    ...invalidEach('spec.nodeName', spec.nodeName ?? '', isDNS1123Subdomain(spec.nodeName ?? '')),
  ],
  validateUpdate: ({ spec }, { spec: old }) => semanticEqual(spec, old) ? [] : [invalidValue('spec', new ShownAs(JSON.stringify(spec)), fieldIsImmutable)],
  generationOf: () => undefined,
  allowUnconditionalUpdate: false,
};
