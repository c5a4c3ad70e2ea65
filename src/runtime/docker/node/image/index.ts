export { baseEntries, busyboxEntries, busyboxPackage } from './busybox';
export { debianFiles, type DebianFiles } from './debian';
export { imageExists, importImage, tagImage, type ImageRecipe } from './import';
export { finished } from './progress';
export { rootfs, type Entry } from './rootfs';
