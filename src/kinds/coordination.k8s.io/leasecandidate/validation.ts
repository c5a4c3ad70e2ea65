import type { FieldError } from '../../../api/errors';
import type { LeaseCandidate } from '../../../api/generated/coordination.v1beta1';
import { compareSemver, parseSemver } from '../../../api/semver';
import { immutable, invalidValue, isConfigMapKey, required, validateObjectMeta, type Path } from '../../../api/validation';
import { present } from '../../validating';
import { oldestEmulationVersion, validateStrategyName } from '../strategy-name';

const mustBeVersion = (version: string, path: Path): FieldError[] => (version && !parseSemver(version) ? [invalidValue(path, version, 'must be a valid semantic version')] : []);

/** The binary can do what it says it can do. */
function validateOrder(binary: string, emulation: string): FieldError[] {
  const [of, emulated] = [parseSemver(binary), parseSemver(emulation)];
  return of && emulated && compareSemver(of, emulated) < 0 ? [invalidValue('spec.binaryVersion', binary, 'must be greater than or equal to `emulationVersion`')] : [];
}

function validateStrategy(strategy: string, emulation: string): FieldError[] {
  if (!strategy) return [required('spec.strategy')];
  return [
    ...(strategy === oldestEmulationVersion && !parseSemver(emulation)
      ? [required('spec.emulationVersion', "must be specified when `strategy` is 'OldestEmulationVersion'")] : []),
    ...validateStrategyName(strategy, 'spec.strategy'),
  ];
}

/** After ValidateLeaseCandidate. */
export function validateLeaseCandidate({ metadata, spec }: LeaseCandidate): FieldError[] {
  const { leaseName, binaryVersion = '', emulationVersion = '', strategy = '' } = spec ?? {};
  return [
    ...validateObjectMeta(metadata, true, isConfigMapKey),
    ...present(leaseName, 'spec.leaseName'),
    ...mustBeVersion(emulationVersion, 'spec.emulationVersion'),
    ...(binaryVersion ? mustBeVersion(binaryVersion, 'spec.binaryVersion') : [required('spec.binaryVersion')]),
    ...validateOrder(binaryVersion, emulationVersion),
    ...validateStrategy(strategy, emulationVersion),
  ];
}

export const validateLeaseCandidateUpdate = ({ spec }: LeaseCandidate, old: LeaseCandidate): FieldError[] => immutable('spec.leaseName', spec?.leaseName, old.spec?.leaseName);
