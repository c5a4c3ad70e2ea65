import type { ApiError } from '../../api/errors';
import { serverError } from '../../api/server-error';
import { readAll, type ApiRequest, type ApiResponse } from './transport';

export { errorFromStatus } from '../../api/server-error';

/** What a refusal says. */
export async function errorFromResponse(response: ApiResponse, { method = 'GET', path, anyPath }: Pick<ApiRequest, 'method' | 'path' | 'anyPath'>): Promise<ApiError> {
  const body = (await readAll(response.body)).toString();
  return serverError(response.status, method, body, anyPath ? '' : requestedResource(path));
}

const resourcePattern = /^\/(?:api|apis\/(?<group>[^/]+))(?:\/v\d\w*)?\/(?:namespaces\/[^/]+\/)?(?<plural>[^/?]+)(?:\/(?<name>[^/?]+))?/;

/** `deployments.apps web`, `pods`; '' where the path is not a resource's. */
export function requestedResource(path: string): string {
  const { group, plural, name } = resourcePattern.exec(path)?.groups ?? {};
  if (!plural || /^v\d/.test(plural)) return '';
  return `${plural}${group ? `.${group}` : ''}${name ? ` ${decodeURIComponent(name)}` : ''}`;
}
