export { toYaml } from './emit';
export { parseYaml, parseYamlOrJson, readDocuments } from './read';
export { parseDocument, type ParseOptions } from './parse';
export { YamlError } from './scalar';
