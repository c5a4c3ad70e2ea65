import type { FieldError } from '../../../api/errors';
import type { CSINode, CSINodeDriver } from '../../../api/generated/storage.v1';
import {
  duplicate, fieldIsImmutable, invalidEach, invalidValue, isQualifiedName, nameIsDNSSubdomain, nonNegativeField, required, semanticEqual, ShownAs,
  validateObjectMeta, type Path,
} from '../../../api/validation';
import type { Strategy } from '../../kind';
import { validateDriverName } from '../../volume-drivers';

const nodeIDMax = 256;

function validateNodeID(id: string | undefined, path: Path): FieldError[] {
  if (!id) return [required(path)];
  return id.length > nodeIDMax ? [invalidValue(path, id, `must be ${nodeIDMax} characters or less`)] : [];
}

/** Upstream blames the driver for its keys. */
function validateTopologyKeys(keys: readonly string[], path: Path): FieldError[] {
  return keys.flatMap((key, i) => [
    ...(key ? [] : [required(path)]),
    ...(keys.indexOf(key) < i ? [duplicate(path, key)] : []),
    ...invalidEach(path, key, isQualifiedName(key)),
  ]);
}

function validateDrivers(drivers: readonly CSINodeDriver[]): FieldError[] {
  return drivers.flatMap(({ name, nodeID, allocatable, topologyKeys }, i) => {
    const path = `spec.drivers[${i}]`;
    return [
      ...validateDriverName(name, `${path}.name`),
      ...validateNodeID(nodeID, `${path}.nodeID`),
      ...nonNegativeField(`${path}.allocatable.count`, allocatable?.count),
      ...(drivers.findIndex((driver) => driver.name === name) < i ? [duplicate(`${path}.name`, name)] : []),
      ...validateTopologyKeys(topologyKeys ?? [], path),
    ];
  });
}

/** After ValidateCSINode and pkg/registry/storage/csinode/strategy.go. */
export const csiNodeStrategy: Strategy<CSINode> = {
  validate: ({ metadata, spec }) => [...validateObjectMeta(metadata, false, nameIsDNSSubdomain), ...validateDrivers(spec.drivers ?? [])],
  validateUpdate: ({ spec }, { spec: old }) => (spec.drivers ?? []).flatMap((driver) => {
    const before = (old.drivers ?? []).find(({ name }) => name === driver.name);
    return !before || semanticEqual(before, driver) ? [] : [invalidValue('CSINodeDriver', new ShownAs(JSON.stringify(driver)), fieldIsImmutable)];
  }),
  generationOf: () => undefined,
  allowUnconditionalUpdate: false,
};
