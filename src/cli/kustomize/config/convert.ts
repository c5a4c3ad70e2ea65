import type { Image } from '../filters/images';
import type { Replacement } from '../filters/replacement';
import type { Selector } from '../filters/selector';
import type { FieldOptionsConfig, ImageConfig, PatchConfig, ReplacementConfig, SelectorConfig } from './types';
import type { Patch } from '../transformers/patches';

export const selectorOf = ({ group = '', version = '', kind = '', name = '', namespace = '', labelSelector = '', annotationSelector = '' }: SelectorConfig): Selector =>
  ({ group, version, kind, name, namespace, labelSelector, annotationSelector });

export const patchOf = ({ path = '', patch = '', target, options = {} }: PatchConfig): Patch =>
  ({ path, patch, options, ...(target && { target: selectorOf(target) }) });

export const imageOf = ({ name = '', newName = '', newTag = '', tagSuffix = '', digest = '' }: ImageConfig): Image => ({ name, newName, newTag, tagSuffix, digest });

const optionsOf = (options: FieldOptionsConfig | undefined) =>
  (options ? { options: { delimiter: options.delimiter ?? '', index: options.index ?? 0, create: options.create ?? false } } : {});

export function replacementOf({ source, targets }: ReplacementConfig): Replacement {
  return {
    ...(source && { source: { ...selectorOf(source), fieldPath: source.fieldPath ?? '', ...optionsOf(source.options) } }),
    ...(targets && {
      targets: targets.map(({ select, reject = [], fieldPaths = [], options }) =>
        ({ ...(select && { select: selectorOf(select) }), reject: reject.map(selectorOf), fieldPaths, ...optionsOf(options) })),
    }),
  };
}
