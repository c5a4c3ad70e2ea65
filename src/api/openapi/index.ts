export { openApiV3, openApiV3Index } from './v3';
export { openApiV2 } from './v2';
export type { Descriptions, OpenApiKind } from './kind';
