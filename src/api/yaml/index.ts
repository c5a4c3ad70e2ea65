export { toYaml } from './emit';
export { YamlError } from './scalar';
