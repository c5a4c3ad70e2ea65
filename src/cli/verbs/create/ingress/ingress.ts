import type { HTTPIngressPath, IngressBackend, IngressRule, IngressTLS } from '../../../../api/generated/networking.v1';
import { flagTable } from '../../../flags/spec';
import { createSharedFlags } from '../flags';
import type { Generator } from '../generator';

const ingressFlags = flagTable({
  ...createSharedFlags,
  'annotation': { type: 'strings', help: 'An annotation, KEY=VALUE; may be repeated.' },
  'class': { type: 'string', help: 'The ingress class.' },
  'default-backend': { type: 'string', help: 'Where everything else goes: SERVICE:PORT.' },
  'rule': { type: 'strings', help: 'HOST/PATH=SERVICE:PORT[,tls[=SECRET]]; a path that ends in * is a prefix; may be repeated.' },
});

/** Host, path, service, port; TLS with or without a secret. */
const rulePattern = /^[\w*\-.]*\/.*=[\w-]+:[\w-]+(,tls=?([\w-]+)?)?/;

/** After create_ingress.go. */
export const ingress: Generator<typeof ingressFlags> = {
  path: 'create ingress', flags: ingressFlags,
  resource: { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses', namespaced: true }, type: 'io.k8s.api.networking.v1.Ingress',
  failure: 'failed to create ingress:',
  make: ({ flags }) => {
    const { rule: rules, annotation, 'default-backend': backend } = flags;
    const problem = problemOf(rules, annotation, backend);
    if (problem) throw new Error(problem);
    return {
      ...(annotation.length && { metadata: { annotations: Object.fromEntries(annotation.map((text) => splitAt(text, text.indexOf('=')))) } }),
      spec: {
        ...(flags.class && { ingressClassName: flags.class }), ...(backend && { defaultBackend: backendOf(backend) }),
        tls: tlsOf(rules), rules: rulesOf(rules),
      },
    };
  },
};

function problemOf(rules: readonly string[], annotations: readonly string[], backend: string): string | undefined {
  if (!backend && !rules.length) {
    return 'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)';
  }
  const wrongRule = rules.find((rule) => !rulePattern.test(rule));
  if (wrongRule !== undefined) return `rule ${wrongRule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`;
  const wrongAnnotation = annotations.find((text) => !text.includes('='));
  if (wrongAnnotation !== undefined) return `annotation ${wrongAnnotation} is invalid and should be in format key=[value]`;
  return backend && backend.split(':').length !== 2 ? 'default-backend should be in format servicename:serviceport' : undefined;
}

const splitAt = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at + 1)];
const hostOf = (rule: string) => rule.split('/')[0]!;

/** One entry per secret; a host gets the secret that it was given first. */
function tlsOf(rules: readonly string[]): IngressTLS[] {
  const entries: IngressTLS[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const [, tls, ...more] = rule.split(',');
    const host = hostOf(rule);
    if (tls === undefined || more.length || seen.has(host)) continue;
    seen.add(host);
    const secret = tls.split('=')[1] ?? '';
    const same = entries.find(({ secretName = '' }) => secretName === secret);
    if (same) same.hosts = [...(same.hosts ?? []), host];
    else if (host || secret) entries.push({ ...(host && { hosts: [host] }), ...(secret && { secretName: secret }) });
  }
  return entries;
}

/** One rule per host, with its paths in their order. */
function rulesOf(rules: readonly string[]): IngressRule[] {
  const byHost = new Map<string, HTTPIngressPath[]>();
  for (const rule of rules) {
    const [host, path] = splitAt(rule.split(',')[0]!, rule.indexOf('/'));
    byHost.set(host, [...(byHost.get(host) ?? []), pathOf(path)]);
  }
  return [...byHost].map(([host, paths]) => ({ ...(host && { host }), http: { paths } }));
}

function pathOf(text: string): HTTPIngressPath {
  const [path, service] = text.split('=') as [string, string];
  const prefix = `/${path}`.endsWith('*');
  return { path: prefix ? `/${path}`.slice(0, -1) : `/${path}`, pathType: prefix ? 'Prefix' : 'Exact', backend: backendOf(service) };
}

function backendOf(text: string): IngressBackend {
  const [name, port] = text.split(':') as [string, string];
  return { service: { name, port: /^[+-]?\d+$/.test(port) && Math.abs(Number(port)) < 2 ** 31 ? { number: Number(port) } : { name: port } } };
}
