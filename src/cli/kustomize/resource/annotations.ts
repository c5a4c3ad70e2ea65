const domain = 'internal.config.kubernetes.io';

/** What a build notes on its resources, and takes away at the end. */
export const buildAnnotations = {
  previousKinds: `${domain}/previousKinds`,
  previousNames: `${domain}/previousNames`,
  prefixes: `${domain}/prefixes`,
  suffixes: `${domain}/suffixes`,
  previousNamespaces: `${domain}/previousNamespaces`,
  allowNameChange: `${domain}/allowNameChange`,
  allowKindChange: `${domain}/allowKindChange`,
  refBy: `${domain}/refBy`,
  behavior: `${domain}/generatorBehavior`,
  needsHash: `${domain}/needsHashSuffix`,
} as const;

export const originAnnotation = 'config.kubernetes.io/origin';
export const transformationsAnnotation = 'alpha.config.kubernetes.io/transformations';
/** Resources with it are for kustomize alone, and not printed. */
export const localConfigAnnotation = 'config.kubernetes.io/local-config';

/** Of files and indexes in them, under the names of now and of old. */
const legacyAnnotations = ['config.kubernetes.io/path', 'config.kubernetes.io/index', 'config.k8s.io/id'];

/** All that the end of a build takes away, but for what stays by the user's wish. */
export const removedAnnotations: readonly string[] = [
  ...Object.values(buildAnnotations), `${domain}/path`, `${domain}/index`, `${domain}/seqindent`, `${domain}/id`,
  `${domain}/annotations-migration-resource-id`, ...legacyAnnotations,
];

/** What a JSON patch must not take away. */
export const isInternalAnnotation = (name: string): boolean => name.startsWith(`${domain}/`) || legacyAnnotations.includes(name);

/** The build's own, as far as `merge` and `replace` are concerned. */
export const isBuildAnnotation = (name: string): boolean => removedAnnotations.includes(name);
