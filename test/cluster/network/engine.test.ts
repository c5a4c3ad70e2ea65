import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { get } from 'node:http';
import { join } from 'node:path';
import Docker from 'dockerode';
import { systemClock } from '../../../src/api/clock';
import { FakeClient } from '../../../src/client/fake';
import { startNetwork, type Network } from '../../../src/cluster/network';
import { resources } from '../../../src/cluster/network/state';
import { createNodeContainer, removeNetwork, type NodeContainer } from '../../../src/runtime/docker/node';
import { eventually } from '../../support/cluster';
import { describeWithEngine } from '../../support/engine';
import { endpoint, service, slice } from './objects';

jest.setTimeout(120_000);

const profile = `nettest-${process.pid}`;
const nodePort = 31_000 + (process.pid % 1500);

/** Pod → its node and address. Each answers /name with its name and /cgi-bin/who with the client's address. */
const pods = {
  client: { node: 'n1', ip: '10.244.0.2' },
  one: { node: 'n1', ip: '10.244.0.3' },
  two: { node: 'n1', ip: '10.244.0.4' },
  far: { node: 'n2', ip: '10.244.1.2' },
} as const;
type Pod = keyof typeof pods;

const web = (...names: Pod[]) => names.map((name) => endpoint(pods[name].ip, pods[name].node));
const http = [{ name: '', port: 8080, protocol: 'TCP' as const }];

describeWithEngine('Services on Docker', () => {
  const docker = new Docker();
  const nodes = new Map<string, NodeContainer>();
  const pids = new Map<string, number>();
  const client = new FakeClient({ clock: systemClock, random: Math.random });
  let network: Network;

  const server = `mkdir -p /www/cgi-bin; echo $NAME > /www/name; printf '#!/bin/sh\\nprintf "\\\\r\\\\n$REMOTE_ADDR"\\n' > /www/cgi-bin/who; chmod 755 /www/cgi-bin/who; exec httpd -f -p 8080 -h /www`;

  async function startPod(name: Pod): Promise<void> {
    const container = await docker.createContainer({
      name: `${profile}-${name}`, Image: 'busybox:1.36', Cmd: ['sh', '-c', server], Env: [`NAME=${name}`], Labels: { 'knarr.profile': profile },
      HostConfig: { NetworkMode: 'none' },
    });
    await container.start();
    const { State } = await container.inspect();
    pids.set(name, State.Pid);
    await nodes.get(pods[name].node)!.wire(State.Pid, pods[name].ip);
  }

  /** Runs in the pod's network namespace, with the node image's programs. */
  const inPod = (name: Pod, command: string) => nodes.get('n1')!.shell(`/usr/bin/nsenter -t ${pids.get(name)} -n /bin/busybox ${command}`);
  const fetch = (name: Pod, url: string) => inPod(name, `wget -qO- http://${url}`).then((text) => text.trim());
  const times = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work));
  const fromHost = (address: string, port: number, path: string) => new Promise<string>((resolve, reject) => {
    get({ host: address, port, path, agent: false, timeout: 5000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; }).on('end', () => resolve(body.trim()));
    }).on('error', reject);
  });

  /** A packet that comes before its rules is lost, and its repetition takes seconds: wait for the rules. */
  const rulesWith = (address: string) => eventually(async () =>
    (await Promise.all([...nodes.values()].map((node) => node.shell('/usr/sbin/nft list table ip knarr').catch(() => '')))).every((rules) => rules.includes(address)));

  beforeAll(async () => {
    execFileSync('node', ['scripts/images.mjs'], { cwd: join(__dirname, '../../..'), stdio: 'pipe' });
    for (const [index, name] of ['n1', 'n2'].entries()) {
      nodes.set(name, await createNodeContainer({ docker, profile, node: { name, podCIDR: `10.244.${index}.0/24` }, onStep: () => undefined }));
      await client.create(resources.nodes, { metadata: { name }, spec: { podCIDR: `10.244.${index}.0/24` } } as never);
    }
    await Promise.all((Object.keys(pods) as Pod[]).map(startPod));
    await client.create(resources.namespaces, { metadata: { name: 'default' } });
    await client.create(resources.services, service('kube-dns', { clusterIP: '10.96.0.10', ports: [{ name: 'dns', port: 53, protocol: 'UDP' }, { name: 'dns-tcp', port: 53 }] }, 'kube-system'));
    await client.create(resources.services, service('web', { clusterIP: '10.96.1.1', type: 'NodePort', ports: [{ port: 80, nodePort }] }));
    await client.create(resources.services, service('single', { clusterIP: '10.96.1.2', ports: [{ port: 80 }] }));
    await client.create(resources.services, service('sticky', { clusterIP: '10.96.1.3', sessionAffinity: 'ClientIP', ports: [{ port: 80 }] }));
    await client.create(resources.services, service('empty', { clusterIP: '10.96.1.4', ports: [{ port: 80 }] }));
    await client.create(resources.services, service('local', { clusterIP: '10.96.1.5', internalTrafficPolicy: 'Local', ports: [{ port: 80 }] }));
    await client.create(resources.endpointSlices, slice('web', http, web('one', 'two', 'far')));
    await client.create(resources.endpointSlices, slice('single', http, web('one')));
    await client.create(resources.endpointSlices, slice('sticky', http, web('one', 'two', 'far')));
    await client.create(resources.endpointSlices, slice('local', http, web('one', 'far')));
    network = await startNetwork({
      client, networks: nodes, clock: systemClock, random: Math.random,
      clusterDomain: 'cluster.local', clusterDNS: '10.96.0.10', listenOnHost: true, log: () => undefined,
    });
    await rulesWith('10.96.1.1');
  });

  afterAll(async () => {
    await network?.stop();
    const left = await docker.listContainers({ all: true, filters: { label: [`knarr.profile=${profile}`] } });
    for (const node of nodes.values()) node.close();
    await Promise.all(left.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
    await removeNetwork(docker, profile);
  });

  it('spreads connections over the endpoints of all nodes', async () => {
    expect(new Set(await times(40, () => fetch('client', '10.96.1.1/name')))).toEqual(new Set(['one', 'two', 'far']));
  });

  it('keeps the client\'s address', async () => {
    expect(await fetch('client', '10.96.1.2/cgi-bin/who')).toContain(pods.client.ip);
    expect(await fetch('far', '10.96.1.2/cgi-bin/who')).toContain(pods.far.ip);
  });

  it('lets a pod reach itself through its Service', async () => {
    expect(await fetch('one', '10.96.1.2/name')).toBe('one');
  });

  it('keeps a client with its endpoint, also when other Services change', async () => {
    const first = await fetch('client', '10.96.1.3/name');
    await client.create(resources.services, service('other', { clusterIP: '10.96.1.9', ports: [{ port: 80 }] }));
    await rulesWith('10.96.1.9');
    expect(new Set(await times(20, () => fetch('client', '10.96.1.3/name')))).toEqual(new Set([first]));
  });

  it.each([['a Service without endpoints', '10.96.1.4/'], ['a port that a Service does not have', '10.96.1.1:81/']])('refuses %s at once', async (_, url) => {
    await expect(fetch('client', url)).rejects.toThrow(/Connection refused/);
  });

  it('stays on the node with internalTrafficPolicy Local', async () => {
    expect(new Set(await times(10, () => fetch('client', '10.96.1.5/name')))).toEqual(new Set(['one']));
    expect(new Set(await times(10, () => fetch('far', '10.96.1.5/name')))).toEqual(new Set(['far']));
  });

  it('answers on the node port, on this machine and on the node', async () => {
    const answers = await times(30, () => fromHost('127.0.0.1', nodePort, '/name'));
    expect(new Set(answers)).toEqual(new Set(['one', 'two', 'far']));
    expect(['one', 'two', 'far']).toContain(await fromHost(nodes.get('n2')!.address, nodePort, '/name'));
  });

  it('resolves names over UDP and TCP', async () => {
    expect(await inPod('client', 'nslookup -type=a web.default.svc.cluster.local 10.96.0.10')).toContain('10.96.1.1');
    expect(await inPod('far', 'nslookup -type=a single.default.svc.cluster.local 10.96.0.10')).toContain('10.96.1.2');
    await expect(inPod('client', 'nslookup -type=a nobody.default.svc.cluster.local 10.96.0.10')).rejects.toThrow(/NXDOMAIN/);
  });

  it('lets pods reach this machine', async () => {
    const { hostAddress } = nodes.get('n1')!;
    const host = await new Promise<Server>((resolve) => {
      const made = createServer((_, response) => response.end('the host')).listen(0, hostAddress, () => resolve(made));
    });
    expect(await fetch('client', `${hostAddress}:${(host.address() as { port: number }).port}/`)).toBe('the host');
    await new Promise((closed) => host.close(closed));
  });

  it('follows the endpoints', async () => {
    await client.update(resources.endpointSlices, slice('single', http, web('two')));
    await eventually(async () => (await fetch('client', '10.96.1.2/name')) === 'two');
  });

  describe('network policies', () => {
    const isolated = { metadata: { name: 'isolated', namespace: 'default' }, spec: { podSelector: { matchLabels: { name: 'one' } }, policyTypes: ['Ingress' as const, 'Egress' as const] } };
    /** All at once, for the shell takes one command at a time and what is dropped takes its time: `from>url` that are answered. */
    const answered = async (...tries: [Pod, string][]) => (await nodes.get('n1')!.shell([
      ...tries.map(([from, url]) => `( /usr/bin/nsenter -t ${pids.get(from)} -n /bin/busybox timeout 1 /bin/busybox wget -qO- http://${url}/name >/dev/null 2>&1 && echo '${from}>${url}'; true ) &`), 'wait',
    ].join('\n'))).split('\n').filter(Boolean).sort();
    const one = `${pods.one.ip}:8080`;
    const two = `${pods.two.ip}:8080`;
    const single = '10.96.1.2';
    const tries: [Pod, string][] = [['client', one], ['far', one], ['client', single], ['far', single], ['one', two], ['one', single], ['two', one]];
    const becomes = (...expected: string[]) => eventually(async () => {
      expect(await answered(...tries)).toEqual(expected.sort());
      return true;
    });

    beforeAll(async () => {
      for (const [name, { node, ip }] of Object.entries(pods)) {
        await client.create(resources.pods, { metadata: { name, namespace: 'default', labels: { name } }, spec: { nodeName: node, containers: [] }, status: { phase: 'Running', podIP: ip } } as never);
      }
      await client.update(resources.endpointSlices, slice('single', http, web('one')));
      await eventually(async () => (await fetch('client', '10.96.1.2/name')) === 'one');
    });

    it('isolate a pod, but not from its node', async () => {
      await client.create(resources.networkPolicies, isolated);
      await becomes(`one>${single}`);
      expect(await nodes.get('n1')!.shell(`/bin/busybox wget -qO- http://${pods.one.ip}:8080/name`)).toBe('one\n');
    });

    it('let through what they allow, through a Service, too', async () => {
      await client.update(resources.networkPolicies, { ...isolated, spec: { ...isolated.spec, ingress: [{ from: [{ podSelector: { matchLabels: { name: 'far' } } }], ports: [{ port: 8080, protocol: 'TCP' }] }] } });
      await becomes(`one>${single}`, `far>${one}`, `far>${single}`);
    });

    it('mean the node\'s port, too, and blocks with exceptions', async () => {
      await client.update(resources.endpointSlices, slice('web', http, web('one')));
      const fromHere = () => fromHost('127.0.0.1', nodePort, '/name').then(() => true, () => false);
      // Until the rules are there, other pods answer.
      await eventually(async () => !(await Promise.race([fromHere(), new Promise((resolve) => setTimeout(resolve, 1500, false))])));
      const block = { ipBlock: { cidr: '0.0.0.0/0', except: [`${pods.far.ip}/32`] } };
      await client.update(resources.networkPolicies, { ...isolated, spec: { ...isolated.spec, ingress: [{ from: [block] }] } });
      await becomes(`one>${single}`, `client>${one}`, `client>${single}`, `two>${one}`);
      expect(await fromHere()).toBe(true);
    });

    it('let a pod resolve names where they allow the name server', async () => {
      const lookup = () => inPod('one', 'timeout 1 nslookup -type=a web.default.svc.cluster.local 10.96.0.10').then((text) => text.includes('10.96.1.1'), () => false);
      expect(await lookup()).toBe(false);
      await client.create(resources.namespaces, { metadata: { name: 'kube-system', labels: { 'kubernetes.io/metadata.name': 'kube-system' } } });
      const to = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }];
      await client.update(resources.networkPolicies, { ...isolated, spec: { ...isolated.spec, egress: [{ to, ports: [{ port: 53, protocol: 'UDP' }] }] } });
      await eventually(lookup);
    });

    it('end with their removal', async () => {
      await client.delete(resources.networkPolicies, 'isolated', 'default');
      await becomes(...tries.map(([from, url]) => `${from}>${url}`));
      await client.update(resources.endpointSlices, slice('single', http, web('two')));
    });
  });

  it('brings back a node container that was restarted', async () => {
    await docker.getContainer(nodes.get('n1')!.containerId).restart({ t: 0 });
    // The rules come back first, then the links of the pods.
    for (const from of ['client', 'far'] as const) await eventually(async () => (await fetch(from, '10.96.1.2/name')) === 'two');
  });
});
