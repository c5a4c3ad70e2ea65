import type { StorageClass } from '../../../api/generated/storage.v1';

const annotations = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

/** Whether claims that name no class get this one. */
export const isDefaultClass = ({ metadata }: StorageClass): boolean => annotations.some((name) => metadata.annotations?.[name] === 'true');
