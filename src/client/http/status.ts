import type { ApiError } from '../../api/errors';
import { serverError } from '../../api/server-error';
import { readAll, type ApiResponse } from './transport';

export { errorFromStatus } from '../../api/server-error';

/** What a refusal says. */
export async function errorFromResponse(response: ApiResponse, request: { method?: string }): Promise<ApiError> {
  return serverError(response.status, request.method ?? 'GET', (await readAll(response.body)).toString());
}
