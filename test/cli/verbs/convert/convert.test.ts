import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseYaml } from '../../../../src/api/yaml';
import { convert } from '../../../../src/cli/verbs/convert/convert';
import { convertFlags } from '../../../../src/cli/verbs/convert/flags';
import { collect, visit } from '../../../../src/cli/builder';
import { testSession } from '../../session';
import { runVerb } from '../run-verb';

const manifest = (apiVersion: string, kind: string, spec: object) => JSON.stringify({ apiVersion, kind, metadata: { name: 'web' }, spec });
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'x' }] } };
const ingress = manifest('extensions/v1beta1', 'Ingress', { rules: [{ host: 'a.example', http: { paths: [{ path: '/', backend: { serviceName: 'web', servicePort: 80 } }] } }] });
const service = manifest('v1', 'Service', { ports: [{ port: 80 }] });

describe('knarr convert', () => {
  let cwd: string;
  const file = (name: string, text: string) => (writeFileSync(join(cwd, name), text), name);
  const run = (line: string, stdin?: string) => runVerb(convert, convertFlags, line, { cwd, ...(stdin !== undefined && { stdin }) });
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'knarr-convert-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  test('rewrites an Ingress for a cluster of today, and asks nobody', async () => {
    const { out, err, code, requests } = await run(`-f ${file('in.json', ingress)}`);
    expect([err, code, requests]).toEqual(['', 0, []]);
    expect(out).toBe(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  creationTimestamp: null
  name: web
spec:
  rules:
  - host: a.example
    http:
      paths:
      - backend:
          service:
            name: web
            port:
              number: 80
        path: /
        pathType: ImplementationSpecific
status:
  loadBalancer: {}
`);
  });

  // The cases of kubectl-convert's own test.
  test.each<[string, string, string, object]>([
    ['extensions/v1beta1', 'Deployment', 'apps/v1beta2', { spec: { selector: { matchLabels: { app: 'web' } }, progressDeadlineSeconds: 2147483647, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } } }],
    ['apps/v1', 'Deployment', 'extensions/v1beta1', { spec: { revisionHistoryLimit: 10, progressDeadlineSeconds: 600 } }],
    ['apps/v1beta1', 'StatefulSet', 'apps/v1', { spec: { updateStrategy: { type: 'OnDelete' }, podManagementPolicy: 'OrderedReady' } }],
    ['extensions/v1beta1', 'DaemonSet', 'apps/v1', { spec: { updateStrategy: { type: 'OnDelete' }, revisionHistoryLimit: 10 } }],
  ])('of %s %s makes %s', async (from, kind, to, expected) => {
    const text = manifest(from, kind, { ...(from === 'apps/v1' && { selector: { matchLabels: { app: 'web' } } }), template });
    const { out } = await run(`-f ${file('a.json', text)} --output-version ${to} -o json`);
    expect(JSON.parse(out)).toMatchObject({ kind, apiVersion: to, ...expected });
  });

  test('of autoscalers, between all their versions', async () => {
    const scaleTargetRef = { kind: 'Deployment', name: 'web' };
    file('v1.json', manifest('autoscaling/v1', 'HorizontalPodAutoscaler', { scaleTargetRef, maxReplicas: 3, targetCPUUtilizationPercentage: 50 }));
    const { out } = await run('-f v1.json --output-version autoscaling/v2beta1 -o json');
    expect(JSON.parse(out)).toMatchObject({ spec: { metrics: [{ type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 50 } }] } });
    file('v2beta1.json', out);
    expect(JSON.parse((await run('-f v2beta1.json --output-version autoscaling/v1 -o json')).out)).toMatchObject({ spec: { targetCPUUtilizationPercentage: 50 } });
    expect(JSON.parse((await run('-f v2beta1.json -o json')).out)).toMatchObject({ apiVersion: 'autoscaling/v2' });
  });

  test('makes a list of several objects, and of what comes from standard input', async () => {
    const { out } = await run(`-f ${file('all.yaml', `${ingress}\n---\n${service}\n`)}`);
    expect(parseYaml(out)).toMatchObject([{ apiVersion: 'v1', kind: 'List', metadata: {}, items: [{ apiVersion: 'networking.k8s.io/v1' }, { apiVersion: 'v1', kind: 'Service' }] }]);
    expect(parseYaml((await run('-f -', ingress)).out)).toMatchObject([{ kind: 'List', items: [{ kind: 'Ingress' }] }]);
  });

  test('names what the version does not have, and leaves it out', async () => {
    const { out, err, code } = await run(`-f ${file('all.yaml', `${service}\n---\n${ingress}\n`)} --output-version networking.k8s.io/v1 -o name`);
    expect([out, err, code]).toEqual(['ingress.networking.k8s.io/web\n', 'core.Service is not suitable for converting to "networking.k8s.io/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"\n', 0]);
  });

  test('leaves objects of other kinds as they are', async () => {
    const { out } = await run(`-f ${file('own.json', manifest('example.com/v1', 'Thing', { size: 1 }))} -o json`);
    expect(JSON.parse(out)).toEqual({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'web' }, spec: { size: 1 } });
  });

  test.each([
    ['', 'error: must specify one of -f and -k\n'],
    ['-f a.json --output-version a/b/c', 'error: unexpected GroupVersion string: a/b/c\n'],
    ['-f a.json -o wide', 'error: unable to match a printer suitable for the output format "wide", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml\n'],
  ])('%s is refused', async (line, err) => {
    file('a.json', ingress);
    expect(await run(line)).toMatchObject({ out: '', err, code: 1 });
  });

  test('is named by what refuses an old version, at a terminal alone', async () => {
    file('in.json', ingress);
    const refusal = async (isTTY: boolean) => {
      const session = testSession({ cwd });
      Object.assign(session.streams.err, { isTTY });
      const { errors } = await collect(await visit(session, { filenames: ['in.json'], namespace: { name: 'default', explicit: false } }));
      return (errors as Error[]).map(({ message }) => message).join();
    };
    const plain = 'resource mapping not found for name: "web" namespace: "" from "in.json": no matches for kind "Ingress" in version "extensions/v1beta1"\nensure CRDs are installed first';
    expect(await refusal(false)).toBe(plain);
    expect(await refusal(true)).toBe(`${plain}\nthis version is of the past: knarr convert -f in.json rewrites it for today's`);
  });
});
