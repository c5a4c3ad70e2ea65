import type { Files, Remote } from './loader/files';
import { Loader } from './loader/loader';
import { addEntries } from './filters/entries';
import { noGvk } from './ids/gvk';
import { clearTransformations, setOrigin } from './resource/origin';
import type { Resource } from './resource/resource';
import { ResMap } from './resource/res-map';
import { streamYaml } from './resource/text';
import { Schemas } from './schema';
import { Target } from './target';
import { sortTransform } from './transformers/sort';

export type { Files, Remote } from './loader/files';

/** What a build is asked for. */
export interface BuildOptions {
  /** A directory or the URL of a repository. */
  target: string;
  /** Files outside of a kustomization's directory are refused. */
  restricted: boolean;
  helmEnabled: boolean;
  pluginsEnabled: boolean;
  /** Label everything as managed by kustomize. */
  managedByLabel: boolean;
  /** How to order the resources when the kustomization does not say; unless asked for, by kind. */
  reorder?: 'legacy' | 'none' | undefined;
}

export interface BuildMeans {
  files: Files;
  remote: Remote;
  /** Warnings, each without the line's end. */
  warn: (line: string) => void;
  /** Remarks that upstream writes with the time before them. */
  log: (line: string) => void;
}

const bothOrders = "Warning: Sorting order is set both in 'kustomization.yaml' ('sortOptions') and in a CLI flag ('--reorder'). Using the kustomization file over the CLI flag.";

/** kubectl's kustomize has no version of its own. */
const managedBy = { 'app.kubernetes.io/managed-by': 'kustomize-(devel)' };

/** Builds a kustomization. Throws what is wrong with it, in kustomize's words. Source: krusty.Run of kustomize. */
export async function build(options: BuildOptions, means: BuildMeans): Promise<Resource[]> {
  const loader = await Loader.open(means, options.target, options.restricted);
  try {
    const { helmEnabled, pluginsEnabled } = options;
    const target = await Target.load(loader, { schemas: new Schemas(), helmEnabled, pluginsEnabled, warn: means.warn });
    await target.setSchema(true);
    const { buildMetadata = [], sortOptions } = target.kustomization;
    const resources = new ResMap(await target.build(means.log));
    if (sortOptions && options.reorder) means.log(bothOrders);
    sortTransform(sortOptions ?? { order: options.reorder === 'none' ? 'fifo' : 'legacy' })(resources);
    if (options.managedByLabel || buildMetadata.includes('managedByLabel')) {
      for (const { object } of resources.list) addEntries(object, managedBy, [{ ...noGvk, path: 'metadata/labels', create: true }]);
    }
    for (const resource of resources.list) {
      resource.removeBuildAnnotations();
      if (!buildMetadata.includes('originAnnotations')) setOrigin(resource, undefined);
      if (!buildMetadata.includes('transformerAnnotations')) clearTransformations(resource);
    }
    return resources.list;
  } finally {
    loader.close();
  }
}

/** The resources of a build as one stream of YAML. */
export const buildYaml = (resources: readonly Resource[]): string => streamYaml(resources.map(({ object }) => object));
