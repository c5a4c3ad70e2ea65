import type { PodSpec, SELinuxOptions } from '../../../api/generated/core.v1';
import { allContainers, containersText, offenders, plural, quoted, settersText, sorted, type Check, type Rule } from './check';

const defaultCapabilities = new Set(['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP',
  'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']);

const capabilities: Rule = (spec) => {
  const isForbidden = (name: string) => !defaultCapabilities.has(name);
  const names = offenders(spec, ({ securityContext }) => securityContext?.capabilities?.add?.some(isForbidden) ?? false);
  if (!names.length) return undefined;
  const added = sorted(allContainers(spec).flatMap(({ securityContext }) => securityContext?.capabilities?.add?.filter(isForbidden) ?? []));
  return { reason: 'non-default capabilities', detail: `${containersText(names)} must not include ${quoted(added)} in securityContext.capabilities.add` };
};

const hostNamespaces: Rule = (spec) => {
  const used = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field]);
  return used.length ? { reason: 'host namespaces', detail: used.map((field) => `${field}=true`).join(', ') } : undefined;
};

const hostPathVolumes: Rule = ({ volumes = [] }) => {
  const names = volumes.filter(({ hostPath }) => hostPath).map(({ name }) => name);
  return names.length ? { reason: 'hostPath volumes', detail: `${plural('volume', names.length)} ${quoted(names)}` } : undefined;
};

const hostPorts: Rule = (spec) => {
  const names = offenders(spec, ({ ports }) => ports?.some(({ hostPort }) => hostPort) ?? false);
  if (!names.length) return undefined;
  const used = sorted(allContainers(spec).flatMap(({ ports = [] }) => ports.flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []))));
  return { reason: 'hostPort', detail: `${containersText(names)} ${names.length === 1 ? 'uses' : 'use'} ${plural('hostPort', used.length)} ${used.join(', ')}` };
};

const privileged: Rule = (spec) => {
  const names = offenders(spec, ({ securityContext }) => securityContext?.privileged === true);
  return names.length ? { reason: 'privileged', detail: `${containersText(names)} must not set securityContext.privileged=true` } : undefined;
};

const procMount: Rule = (spec) => {
  const mounts = allContainers(spec).flatMap(({ name, securityContext }) => {
    const mount = securityContext?.procMount;
    return mount === undefined || mount === 'Default' ? [] : [{ name, mount }];
  });
  if (!mounts.length) return undefined;
  return { reason: 'procMount', detail: `${containersText(mounts.map(({ name }) => name))} must not set securityContext.procMount to ${quoted(sorted(mounts.map(({ mount }) => mount)))}` };
};

/** Two ways to say it: fields, and annotations from before there were fields. */
const appArmorProfile: Rule = (spec, { annotations = {} }) => {
  const bad = (type: string | undefined) => type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost';
  const podType = spec.securityContext?.appArmorProfile?.type;
  const typeOf = ({ securityContext }: { securityContext?: { appArmorProfile?: { type: string } } }) => securityContext?.appArmorProfile?.type;
  const names = offenders(spec, (container) => bad(typeOf(container)));
  const annotated = Object.entries(annotations)
    .filter(([key, value]) => key.startsWith('container.apparmor.security.beta.kubernetes.io/') && value && value !== 'runtime/default' && !value.startsWith('localhost/'))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`).sort();
  const values = [...sorted([podType, ...allContainers(spec).map(typeOf)].filter(bad) as string[]), ...annotated];
  if (!values.length) return undefined;
  const setters = settersText(bad(podType), names, ...(annotated.length ? [plural('annotation', annotated.length)] : []));
  return { reason: plural('forbidden AppArmor profile', values.length), detail: `${setters} must not set AppArmor profile type to ${quoted(values)}` };
};

const seLinuxOptions = (...types: readonly string[]): Rule => {
  const badType = ({ type = '' }: SELinuxOptions) => type !== '' && !types.includes(type);
  const bad = (options: SELinuxOptions | undefined) => options !== undefined && (badType(options) || Boolean(options.user) || Boolean(options.role));
  return (spec) => {
    const own = spec.securityContext?.seLinuxOptions;
    const names = offenders(spec, ({ securityContext }) => bad(securityContext?.seLinuxOptions));
    if (!bad(own) && !names.length) return undefined;
    const all = [own, ...allContainers(spec).map(({ securityContext }) => securityContext?.seLinuxOptions)].flatMap((options) => options ?? []);
    const badTypes = sorted(all.filter(badType).map(({ type }) => type!));
    const problems = [
      ...(badTypes.length ? [`${plural('type', badTypes.length)} ${quoted(badTypes)}`] : []),
      ...(all.some(({ user }) => user) ? ['user may not be set'] : []),
      ...(all.some(({ role }) => role) ? ['role may not be set'] : []),
    ];
    return { reason: 'seLinuxOptions', detail: `${settersText(bad(own), names)} set forbidden securityContext.seLinuxOptions: ${problems.join('; ')}` };
  };
};

const seccompAnnotation = 'seccomp.security.alpha.kubernetes.io/pod';
const containerSeccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

const seccompAnnotations: Rule = (spec, { annotations = {} }) => {
  const bad = (value: string | undefined) => value !== undefined && value !== 'runtime/default' && value !== 'docker/default' && !value.startsWith('localhost/');
  const keys = [seccompAnnotation, ...allContainers(spec).map(({ name }) => `${containerSeccompPrefix}${name}`)];
  const forbidden = sorted(keys.filter((key) => bad(annotations[key])).map((key) => `${key}=${JSON.stringify(annotations[key])}`));
  return forbidden.length ? { reason: 'seccompProfile', detail: `forbidden ${plural('annotation', forbidden.length)} ${forbidden.join(', ')}` } : undefined;
};

export const isSeccompAllowed = (type: string | undefined): boolean => type === 'Localhost' || type === 'RuntimeDefault';

/** Where a profile is set that may not be. */
export const seccompProfile: Rule = (spec) => {
  const bad = (type: string | undefined) => type !== undefined && !isSeccompAllowed(type);
  const own = spec.securityContext?.seccompProfile?.type;
  const names = offenders(spec, ({ securityContext }) => bad(securityContext?.seccompProfile?.type));
  const values = sorted([own, ...allContainers(spec).map(({ securityContext }) => securityContext?.seccompProfile?.type)].filter(bad) as string[]);
  if (!values.length) return undefined;
  return { reason: 'seccompProfile', detail: `${settersText(bad(own), names)} must not set securityContext.seccompProfile.type to ${quoted(values)}` };
};

const safeSysctls = ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start'];
const safeSince27 = [...safeSysctls, 'net.ipv4.ip_local_reserved_ports'];
const safeSince29 = [...safeSince27, 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'];
const safeSince32 = [...safeSince29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

const sysctls = (allowed: readonly string[]): Rule => ({ securityContext }) => {
  const names = securityContext?.sysctls?.map(({ name }) => name).filter((name) => !allowed.includes(name)) ?? [];
  return names.length ? { reason: 'forbidden sysctls', detail: names.join(', ') } : undefined;
};

const hostProcess = (owner: { securityContext?: PodSpec['securityContext'] } | { securityContext?: { windowsOptions?: { hostProcess?: boolean } } }) =>
  owner.securityContext?.windowsOptions?.hostProcess === true;

const windowsHostProcess: Rule = (spec) => {
  const names = offenders(spec, hostProcess);
  if (!hostProcess(spec) && !names.length) return undefined;
  return { reason: 'hostProcess', detail: `${settersText(hostProcess(spec), names)} must not set securityContext.windowsOptions.hostProcess=true` };
};

const containerTypes = ['container_t', 'container_init_t', 'container_kvm_t'];

/** In the order in which they are reported. After the checks of k8s.io/pod-security-admission/policy. */
export const baselineChecks: readonly Check[] = [
  { id: 'appArmorProfile', versions: [[0, appArmorProfile]] },
  { id: 'capabilities_baseline', versions: [[0, capabilities]] },
  { id: 'hostNamespaces', versions: [[0, hostNamespaces]] },
  { id: 'hostPathVolumes', versions: [[0, hostPathVolumes]] },
  { id: 'hostPorts', versions: [[0, hostPorts]] },
  { id: 'privileged', versions: [[0, privileged]] },
  { id: 'procMount', versions: [[0, procMount]] },
  { id: 'seLinuxOptions', versions: [[0, seLinuxOptions(...containerTypes)], [31, seLinuxOptions(...containerTypes, 'container_engine_t')]] },
  { id: 'seccompProfile_baseline', versions: [[0, seccompAnnotations], [19, seccompProfile]] },
  { id: 'sysctls', versions: [[0, sysctls(safeSysctls)], [27, sysctls(safeSince27)], [29, sysctls(safeSince29)], [32, sysctls(safeSince32)]] },
  { id: 'windowsHostProcess', versions: [[0, windowsHostProcess]] },
];
