import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import type { StorageClass } from '../../../api/generated/storage.v1';
import { objectKey } from '../../../api/meta';
import { canonicalQuantity, compareQuantity, parseQuantity } from '../../../api/quantity';
import { event, nothingToDo, update, updateStatus, type Action, type Plan } from '../../actions';
import { byClaim, claimClass, claimHasClass, claimKeys, volumeClass } from '../../claims';
import { reconciler, watch, type Index, type Observed } from '../../reconciler';
import { persistentVolumeClaims, persistentVolumes, pods, storageClasses } from '../../resources';
import { isDefaultClass } from '../../storage.k8s.io/storageclass/default-class';
import {
  bindCompleted, boundByController, findMatchingVolume, hasAnnotation, isLargeEnough, offersModes, refersTo, sameMode, selectedNode,
  storageProvisioners, waitsForConsumer,
} from '../../volume-binding';

/* The claims' half of the binder: one write a look, which brings the next look. After syncClaim of pkg/controller/volume/persistentvolume. */

const key = (namespace: string | undefined, name: string | undefined) => `${namespace}/${name}`;

/** Claims that are not bound, by the class that they ask for. */
const unboundByClass: Index<PersistentVolumeClaim> = {
  name: 'unbound-class', values: (claim) => (hasAnnotation(claim, bindCompleted) ? [] : [claimClass(claim)]),
};
const byVolumeName: Index<PersistentVolumeClaim> = { name: 'volume-name', values: ({ spec }) => (spec.volumeName ? [spec.volumeName] : []) };

const warn = (claim: PersistentVolumeClaim, reason: string, message: string): Action => event(persistentVolumeClaims, claim, 'Warning', reason, message);
const tell = (claim: PersistentVolumeClaim, reason: string, message: string): Action => event(persistentVolumeClaims, claim, 'Normal', reason, message);

/** With the phase, where it is another one. */
function inPhase(claim: PersistentVolumeClaim, phase: 'Pending' | 'Lost', ...actions: Action[]): Plan {
  const write = claim.status?.phase === phase ? [] : [updateStatus(persistentVolumeClaims, { ...claim, status: { ...claim.status, phase } })];
  return { actions: [...write, ...actions] };
}

const annotated = (claim: PersistentVolumeClaim, annotations: Record<string, string>): PersistentVolumeClaim =>
  ({ ...claim, metadata: { ...claim.metadata, annotations: { ...claim.metadata.annotations, ...annotations } } });

function reconcile(claim: PersistentVolumeClaim, observed: Observed): Plan {
  if (hasAnnotation(claim, bindCompleted)) return keepBound(claim, observed);
  // What is to go binds nothing any more.
  if (claim.metadata.deletionTimestamp) return nothingToDo;
  return claim.spec.volumeName ? bindRequested(claim, observed) : findVolume(claim, observed);
}

function keepBound(claim: PersistentVolumeClaim, observed: Observed): Plan {
  const isLost = claim.status?.phase === 'Lost';
  const lost = (reason: string, message: string) => (isLost ? nothingToDo : inPhase(claim, 'Lost', warn(claim, reason, message)));
  if (!claim.spec.volumeName) return lost('ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
  const volume = observed.get<PersistentVolume>(persistentVolumes, claim.spec.volumeName);
  if (!volume) return lost('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  if (volume.spec.claimRef && !(refersTo(volume, claim) && volume.spec.claimRef.uid)) {
    return lost('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
  }
  return bind(claim, volume);
}

function bindRequested(claim: PersistentVolumeClaim, observed: Observed): Plan {
  const volume = observed.get<PersistentVolume>(persistentVolumes, claim.spec.volumeName!);
  if (!volume) return inPhase(claim, 'Pending');
  if (volume.spec.claimRef) {
    if (refersTo(volume, claim)) return bind(claim, volume);
    return inPhase(claim, 'Pending', warn(claim, 'FailedBinding', `volume "${volume.metadata.name}" already bound to a different claim.`));
  }
  const mismatch = mismatchOf(volume, claim);
  return mismatch === undefined ? bind(claim, volume)
    : inPhase(claim, 'Pending', warn(claim, 'VolumeMismatch', `Cannot bind to requested volume "${volume.metadata.name}": ${mismatch}`));
}

/** After checkVolumeSatisfyClaim. */
function mismatchOf(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (!isLargeEnough(volume, claim)) return 'requested PV is too small';
  if (volumeClass(volume) !== claimClass(claim)) return 'storageClassName does not match';
  if (!sameMode(volume, claim)) return 'incompatible volumeMode';
  return offersModes(volume, claim) ? undefined : 'incompatible accessMode';
}

function findVolume(claim: PersistentVolumeClaim, observed: Observed): Plan {
  const name = claimClass(claim);
  const storageClass = name ? observed.get<StorageClass>(storageClasses, name) : undefined;
  const isDelayed = waitsForConsumer(storageClass) && !hasAnnotation(claim, selectedNode);
  const volume = findMatchingVolume(claim, observed.list(persistentVolumes), { delayed: isDelayed });
  if (volume) return bind(claim, volume);
  const defaultClass = claimHasClass(claim) ? undefined : defaultOf(observed);
  if (defaultClass) return { actions: [update(persistentVolumeClaims, { ...claim, spec: { ...claim.spec, storageClassName: defaultClass.metadata.name } })] };
  if (isDelayed) return inPhase(claim, 'Pending', waiting(claim, observed));
  if (!name) return inPhase(claim, 'Pending', tell(claim, 'FailedBinding', 'no persistent volumes available for this claim and no storage class is set'));
  return provision(claim, name, storageClass);
}

/** A default class that came after the claim still counts: the newest, then the first by name. */
function defaultOf(observed: Observed): StorageClass | undefined {
  const made = ({ metadata }: StorageClass) => metadata.creationTimestamp ?? '';
  return observed.list<StorageClass>(storageClasses).filter(isDefaultClass)
    .sort((a, b) => made(b).localeCompare(made(a)) || a.metadata.name.localeCompare(b.metadata.name))[0];
}

function waiting(claim: PersistentVolumeClaim, observed: Observed): Action {
  const consumers = observed.find<Pod>(pods, byClaim, objectKey(claim)).filter(({ spec }) => !spec?.nodeName).map(({ metadata }) => metadata.name);
  if (consumers.length === 0) return tell(claim, 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding');
  return tell(claim, 'WaitForPodScheduled', `waiting for pod${consumers.length > 1 ? 's' : ''} ${consumers.join(',')} to be scheduled`);
}

/** Provisioners find the claims that name them. */
function provision(claim: PersistentVolumeClaim, className: string, storageClass: StorageClass | undefined): Plan {
  if (!storageClass) return inPhase(claim, 'Pending', warn(claim, 'ProvisioningFailed', `storageclass.storage.k8s.io "${className}" not found`));
  const { provisioner } = storageClass;
  if (provisioner === 'kubernetes.io/no-provisioner') {
    return inPhase(claim, 'Pending', warn(claim, 'ProvisioningFailed', `no volume plugin matched name: ${provisioner}`));
  }
  const isAsked = storageProvisioners.every((name) => claim.metadata.annotations?.[name] === provisioner);
  const asked = annotated(claim, Object.fromEntries(storageProvisioners.map((name) => [name, provisioner])));
  const told = tell(claim, 'ExternalProvisioning', `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`);
  return { actions: [...(isAsked ? [] : [update(persistentVolumeClaims, asked), told])] };
}

/** First the volume refers to the claim, then the claim to the volume, then the claim's status says so. */
function bind(claim: PersistentVolumeClaim, volume: PersistentVolume): Plan {
  if (!volume.spec.claimRef?.uid) return { actions: [update(persistentVolumes, referring(volume, claim))] };
  const { name } = volume.metadata;
  if (claim.spec.volumeName !== name || !hasAnnotation(claim, bindCompleted)) {
    const bound = annotated(claim, { [bindCompleted]: 'yes', ...(!claim.spec.volumeName && { [boundByController]: 'yes' }) });
    return { actions: [update(persistentVolumeClaims, { ...bound, spec: { ...claim.spec, volumeName: name } })] };
  }
  const status = boundStatus(claim, volume);
  return status ? { actions: [updateStatus(persistentVolumeClaims, { ...claim, status })] } : nothingToDo;
}

function referring(volume: PersistentVolume, { metadata }: PersistentVolumeClaim): PersistentVolume {
  const { name, namespace, uid, resourceVersion } = metadata;
  return {
    ...volume,
    metadata: volume.spec.claimRef ? volume.metadata
      : { ...volume.metadata, annotations: { ...volume.metadata.annotations, [boundByController]: 'yes' } },
    spec: { ...volume.spec, claimRef: { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace: namespace!, name, uid: uid!, resourceVersion: resourceVersion! } },
  };
}

/** Undefined where it is said already. */
function boundStatus({ status }: PersistentVolumeClaim, { spec }: PersistentVolume): PersistentVolumeClaim['status'] | undefined {
  const size = spec.capacity?.storage ?? '0';
  const isSaid = status?.phase === 'Bound' && JSON.stringify(status.accessModes) === JSON.stringify(spec.accessModes)
    && compareQuantity(parseQuantity(status.capacity?.storage ?? '0'), parseQuantity(size)) >= 0;
  if (isSaid) return undefined;
  return { ...status, phase: 'Bound', accessModes: spec.accessModes, capacity: { ...spec.capacity, storage: canonicalQuantity(size) } };
}

/** A volume concerns the claim it refers to and, while it is free, those that look for one of its class. */
function claimsOf(volume: PersistentVolume, observed: Observed): readonly string[] {
  const { claimRef } = volume.spec;
  const named = observed.find<PersistentVolumeClaim>(persistentVolumeClaims, byVolumeName, volume.metadata.name).map(objectKey);
  if (claimRef) return [key(claimRef.namespace, claimRef.name), ...named];
  return [...named, ...observed.find<PersistentVolumeClaim>(persistentVolumeClaims, unboundByClass, volumeClass(volume)).map(objectKey)];
}

export const claimBinderController = reconciler<PersistentVolumeClaim>({
  name: 'persistentvolume-controller',
  resource: persistentVolumeClaims,
  watches: [
    watch<PersistentVolume>({ resource: persistentVolumes, keys: claimsOf }),
    watch<StorageClass>({
      resource: storageClasses,
      keys: ({ metadata }, observed) => ['', metadata.name].flatMap((name) => observed.find<PersistentVolumeClaim>(persistentVolumeClaims, unboundByClass, name).map(objectKey)),
    }),
    watch<Pod>({
      resource: pods,
      concerns: (pod, old) => pod.spec?.nodeName !== old.spec?.nodeName,
      keys: (pod, observed) => claimKeys(pod).filter((claim) => isUnbound(claim, observed)),
    }),
  ],
  reconcile,
});

function isUnbound(claimKey: string, observed: Observed): boolean {
  const [namespace, name] = claimKey.split('/');
  const claim = observed.get<PersistentVolumeClaim>(persistentVolumeClaims, name!, namespace);
  return claim !== undefined && !hasAnnotation(claim, bindCompleted);
}
