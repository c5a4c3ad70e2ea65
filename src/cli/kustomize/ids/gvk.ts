/** Group, version and kind; '' for what is not known, or in a selector does not matter. */
export interface Gvk {
  group: string;
  version: string;
  kind: string;
  /** Known to belong to no namespace. Ids that resources had before are not looked up. */
  clusterScoped?: boolean;
}

export const noGvk: Gvk = { group: '', version: '', kind: '' };

export function splitApiVersion(apiVersion: string): Pick<Gvk, 'group' | 'version'> {
  const at = apiVersion.indexOf('/');
  return at < 0 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, at), version: apiVersion.slice(at + 1) };
}

export const joinApiVersion = ({ group, version }: Gvk): string => (group ? `${group}/${version}` : version);

/** As kustomize names it in errors: `Deployment.v1.apps`. */
export const gvkText = ({ group, version, kind }: Gvk): string => `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}`;

export const equalGvk = (a: Gvk, b: Gvk): boolean => a.group === b.group && a.version === b.version && a.kind === b.kind;

/** Empty fields of the selector match anything. */
export const isSelectedBy = (gvk: Gvk, selector: Gvk): boolean =>
  (!selector.group || gvk.group === selector.group) && (!selector.version || gvk.version === selector.version) && (!selector.kind || gvk.kind === selector.kind);
