import type { RequestInfo } from './request-info';

const subresources = new Set(['attach', 'exec', 'proxy', 'log', 'portforward']);

/** Requests that last as long as somebody is interested: no deadline and no limit applies. Source: BasicLongRunningRequestCheck. */
export const isLongRunning = ({ verb, resource }: RequestInfo): boolean =>
  verb === 'watch' || verb === 'proxy' || (resource?.subresource !== undefined && subresources.has(resource.subresource));
