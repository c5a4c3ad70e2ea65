import { headerOf, type Cors, type RequestHead } from './route';

/** An origin may hold one wildcard for a part of a name: `https://*.example.com`. */
function allows({ origins }: Cors, origin: string): boolean {
  return origins.some((one) => {
    const [start, end] = one.split('*');
    if (end === undefined) return one === origin;
    return one === '*' || (origin.length >= one.length && origin.startsWith(start!) && origin.endsWith(end));
  });
}

/** As ingress-nginx answers: `*` stays so, any other origin is repeated when it is allowed. */
export function corsHeaders(cors: Cors, request: RequestHead): Record<string, string> {
  const origin = headerOf(request, 'origin');
  if (origin === undefined || !allows(cors, origin)) return {};
  return {
    'access-control-allow-origin': cors.origins.includes('*') ? '*' : origin,
    ...(cors.credentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.expose && { 'access-control-expose-headers': cors.expose }),
    ...(isPreflight(request) && { 'access-control-allow-methods': cors.methods, 'access-control-allow-headers': cors.headers, 'access-control-max-age': String(cors.maxAgeSeconds) }),
  };
}

export const isPreflight = (request: RequestHead): boolean =>
  request.method === 'OPTIONS' && headerOf(request, 'origin') !== undefined && headerOf(request, 'access-control-request-method') !== undefined;
