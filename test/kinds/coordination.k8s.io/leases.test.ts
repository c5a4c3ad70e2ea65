import { lease } from '../../../src/kinds/coordination.k8s.io/lease/kind';
import { leaseCandidate } from '../../../src/kinds/coordination.k8s.io/leasecandidate/kind';
import { createErrors, updateErrors } from '../create';

describe('Lease', () => {
  test.each<[string, object, string[]]>([
    ['good', { holderIdentity: 'a', strategy: 'OldestEmulationVersion', preferredHolder: 'b' }, []],
    ['one that was let go', { holderIdentity: '', leaseDurationSeconds: 1 }, []],
    ['no time at all', { leaseDurationSeconds: 0 }, ['spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0']],
    ['less than no transitions', { leaseTransitions: -1 }, ['spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0']],
    ['a preference without a strategy', { preferredHolder: 'b' }, ['spec.preferredHolder: Forbidden: may only be specified if `strategy` is defined']],
    ['a strategy there is not', { strategy: 'Newest' }, ['spec.strategy.strategy: Unsupported value: "Newest": supported values: "OldestEmulationVersion"']],
    ['a strategy of a domain', { strategy: 'example.com/newest' }, []],
  ])('%s', (_, spec, expected) => expect(createErrors(lease, { spec })).toEqual(expected));
});

describe('LeaseCandidate', () => {
  const spec = { leaseName: 'a', binaryVersion: '1.33.0', emulationVersion: '1.32.0', strategy: 'OldestEmulationVersion' };
  test.each<[string, object, string[]]>([
    ['good', {}, []],
    ['nothing', { leaseName: '', binaryVersion: '', emulationVersion: '', strategy: '' }, ['spec.leaseName: Required value', 'spec.binaryVersion: Required value', 'spec.strategy: Required value']],
    ['no versions', { binaryVersion: '1.33', emulationVersion: 'v1' }, [
      'spec.emulationVersion: Invalid value: "v1": must be a valid semantic version', 'spec.binaryVersion: Invalid value: "1.33": must be a valid semantic version',
      "spec.emulationVersion: Required value: must be specified when `strategy` is 'OldestEmulationVersion'",
    ]],
    ['more than it can do', { emulationVersion: '1.34.0' }, ['spec.binaryVersion: Invalid value: "1.33.0": must be greater than or equal to `emulationVersion`']],
  ])('%s', (_, more, expected) => expect(createErrors(leaseCandidate, { spec: { ...spec, ...more } })).toEqual(expected));

  test('it stays a candidate for one lease', () => expect(updateErrors(leaseCandidate, { spec }, { spec: { ...spec, leaseName: 'b' } })).toEqual(['spec.leaseName: Invalid value: "b": field is immutable']));
});
