import { integer, list, object, oneOf, text, type Schema } from './schema';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;

export const groupName = (fallback?: string): Schema => text({ max: 253, pattern: `^$|^${subdomain}$`, ...(fallback !== undefined && { default: fallback }) });
export const kindName = (fallback?: string): Schema => text({ min: 1, max: 63, pattern: '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$', ...(fallback !== undefined && { default: fallback }) });
export const objectName = text({ min: 1, max: 253 });
export const namespaceName = text({ min: 1, max: 63, pattern: `^${label}$` });
export const sectionName = text({ min: 1, max: 253, pattern: `^${subdomain}$` });
export const hostname = text({ min: 1, max: 253, pattern: `^(\\*\\.)?${subdomain}$` });
export const preciseHostname = text({ min: 1, max: 253, pattern: `^${subdomain}$` });
export const port = integer(1, 65535);
export const controllerName = text({ min: 1, max: 253, pattern: `^${subdomain}\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$` });
export const addressType = text({ min: 1, max: 253, default: 'IPAddress', pattern: `^Hostname|IPAddress|NamedAddress|${subdomain}\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$` });
export const protocol = text({ min: 1, max: 255, pattern: `^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|${subdomain}\\/[A-Za-z0-9]+$` });

/** An object of the same namespace. */
export const localReference = object({ group: groupName(), kind: kindName(), name: objectName }, { required: 'group kind name' });

export const parameters = object({ group: groupName(), kind: kindName(), name: objectName, namespace: namespaceName }, { required: 'group kind name' });

const condition = object({
  lastTransitionTime: text({ format: 'date-time' }),
  message: text({ max: 32768 }),
  observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
  reason: text({ min: 1, max: 1024, pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$' }),
  status: oneOf(['True', 'False', 'Unknown']),
  type: text({ max: 316, pattern: `^(${subdomain}/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$` }),
}, { required: 'lastTransitionTime message reason status type' });

export const conditions = (fallback?: unknown, min?: number): Schema =>
  list(condition, { max: 8, keys: ['type'], ...(fallback !== undefined && { default: fallback }), ...(min !== undefined && { min }) });

/** What stands in a status before a controller has looked at the object. */
export const waiting = (...types: string[]) =>
  types.map((type) => ({ lastTransitionTime: '1970-01-01T00:00:00Z', message: 'Waiting for controller', reason: 'Pending', status: 'Unknown', type }));
