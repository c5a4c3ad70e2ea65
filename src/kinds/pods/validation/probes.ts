import type { FieldError } from '../../../api/errors';
import type { Container, HTTPGetAction, Lifecycle, LifecycleHandler, Probe, ProbeHandler } from '../../../api/generated/core.v1';
import {
  invalidEach, invalidValue, isHTTPHeaderName, isPortName, isPortNum, nonNegativeField, notSupported, required, type Path,
} from '../../../api/validation';
import { checkUnion, optional, present, type Check } from '../../validating';

export const validatePort: Check<number | string> = (port, path) =>
  invalidEach(path, port, typeof port === 'number' ? isPortNum(port) : isPortName(port));

const validateHttpGet: Check<HTTPGetAction> = ({ path: urlPath, port, scheme = '', httpHeaders }, path) => [
  ...present(urlPath, `${path}.path`),
  ...validatePort(port ?? 0, `${path}.port`),
  ...(['HTTP', 'HTTPS'].includes(scheme) ? [] : [notSupported(`${path}.scheme`, scheme, ['HTTP', 'HTTPS'])]),
  ...(httpHeaders ?? []).flatMap(({ name }) => invalidEach(`${path}.httpHeaders`, name, isHTTPHeaderName(name))),
];

type Handler = ProbeHandler & LifecycleHandler;

const handlers: { [Kind in keyof Handler]: Check<NonNullable<Handler[Kind]>> } = {
  exec: ({ command }, path) => present(command?.length, `${path}.command`),
  httpGet: validateHttpGet,
  tcpSocket: ({ port }, path) => validatePort(port ?? 0, `${path}.port`),
  grpc: ({ port }, path) => validatePort(port, `${path}.port`),
  sleep: () => [],
};

function validateHandler(handler: Handler, path: Path): FieldError[] {
  const { errors, count } = checkUnion<Handler>(handler, handlers, path, 'may not specify more than 1 handler type');
  return count === 0 ? [required(path, 'must specify a handler type')] : errors;
}

const counters = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const;

const validateProbe: Check<Probe> = (probe, path) => [
  ...validateHandler(probe, path),
  ...counters.flatMap((field) => nonNegativeField(`${path}.${field}`, probe[field])),
  ...(probe.terminationGracePeriodSeconds !== undefined && probe.terminationGracePeriodSeconds <= 0
    ? [invalidValue(`${path}.terminationGracePeriodSeconds`, probe.terminationGracePeriodSeconds, 'must be greater than 0')] : []),
];

const succeedsOnce: Check<Probe> = ({ successThreshold }, path) =>
  successThreshold === 1 ? [] : [invalidValue(`${path}.successThreshold`, successThreshold, 'must be 1')];

const hasNoGracePeriod: Check<Probe> = ({ terminationGracePeriodSeconds: seconds }, path) =>
  seconds === undefined ? [] : [invalidValue(`${path}.terminationGracePeriodSeconds`, seconds, 'must not be set for readinessProbes')];

const validateLifecycle: Check<Lifecycle> = ({ postStart, preStop }, path) => [
  ...optional(postStart, `${path}.postStart`, validateHandler),
  ...optional(preStop, `${path}.preStop`, validateHandler),
];

/** Of containers that run beside each other: regular ones and sidecars. */
export const validateHooks: Check<Container> = ({ lifecycle, livenessProbe, readinessProbe, startupProbe }, path) => [
  ...optional(lifecycle, `${path}.lifecycle`, validateLifecycle),
  ...optional(livenessProbe, `${path}.livenessProbe`, (probe, at) => [...validateProbe(probe, at), ...succeedsOnce(probe, at)]),
  ...optional(readinessProbe, `${path}.readinessProbe`, (probe, at) => [...validateProbe(probe, at), ...hasNoGracePeriod(probe, at)]),
  ...optional(startupProbe, `${path}.startupProbe`, (probe, at) => [...validateProbe(probe, at), ...succeedsOnce(probe, at)]),
];
