import { groupVersion, type KubeObject } from '../../api/meta';
import type { Conversion, Kind } from '../kind';
import { convertedStrategy } from './converted-strategy';

interface OtherVersion {
  /** That of the stored kind when absent. */
  readonly group?: string;
  readonly version: string;
  /** The part of the schema's name between `io.k8s.api.` and the kind: `extensions.v1beta1`. */
  readonly types: string;
  /** Only the version's name differs when absent. */
  readonly conversion?: Conversion;
  /** Of the version, ahead of those of the stored kind. */
  readonly setDefaults?: (object: KubeObject) => void;
  readonly deprecation?: string;
}

/** Between two versions that differ in nothing but their names. */
const renamed = (stored: string, other: string): Conversion => ({
  fromStored: (object) => ({ ...object, apiVersion: other }),
  toStored: (object) => ({ ...object, apiVersion: stored }),
});

/** A kind that shows and takes the objects of `of` in another version. */
export function otherVersion(of: Kind, { group = of.group, version, types, conversion: given, setDefaults, deprecation }: OtherVersion): Kind {
  const conversion = given ?? renamed(groupVersion(of), groupVersion({ group, version }));
  const { toStored } = conversion;
  const { deprecation: _, selectableFields = {}, compareRows, ...rest } = of;
  return {
    ...rest, group, version, conversion,
    schema: `io.k8s.api.${types}.${of.kind}`,
    storedAs: of.storedAs ?? `${of.group}/${of.plural}`,
    strategy: convertedStrategy(of.strategy, conversion, setDefaults),
    columns: of.columns.map((column) => ({ ...column, value: (object, context) => column.value(toStored(object), context) })),
    selectableFields: Object.fromEntries(Object.entries(selectableFields).map(([path, read]) => [path, (object: KubeObject) => read(toStored(object))])),
    ...(compareRows && { compareRows: (a: KubeObject, b: KubeObject) => compareRows(toStored(a), toStored(b)) }),
    ...(deprecation && { deprecation }),
  };
}
