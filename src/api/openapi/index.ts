export { openApiV3, openApiV3Index } from './v3';
export { openApiV2 } from './v2';
export { encodeOpenApiV2, openApiV2Protobuf } from './v2-protobuf';
export type { Descriptions, OpenApiKind } from './kind';
