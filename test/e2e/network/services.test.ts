import { execFileSync } from 'node:child_process';
import { networkInterfaces, uptime } from 'node:os';
import { eventually, knarrPath, background } from '../../support/cluster';
import { describeWithEngine } from '../../support/engine';
import { askingHere, askingInPod, backAfter, failures, whileAsking } from './asking';
import { answeredBy, client, datagram, page, pod, policy, server, service, startNetwork, udpServer, type Network } from './cluster';

jest.setTimeout(240_000);

const web = { app: 'web' };
const http = { name: 'http', port: 80, targetPort: 8080 };
const external = '203.0.113.9';
/** An address of this machine. */
const ownAddress = Object.values(networkInterfaces()).flatMap((each) => each ?? []).find(({ family, internal }) => family === 'IPv4' && !internal)!.address;

// What pods and this machine see of the network, by the API and the engine alone; one cluster for all of it.
describeWithEngine('the network on Docker', () => {
  let net: Network;
  let near = '';
  let far = '';
  const clusterIP = (name: string) => net.field(`svc ${name}`, '.spec.clusterIP');
  const nodePort = async (name: string) => Number(await net.field(`svc ${name}`, '.spec.ports[0].nodePort'));
  const addressOf = (name: string) => net.field(`pod ${name}`, '.status.podIP');

  beforeAll(async () => {
    net = await startNetwork('e2e-net');
    [near, far] = net.nodes.map(({ name }) => name) as [string, string];
    await net.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
      client('client', { node: near, labels: { app: 'client' } }), client('stranger', { node: far, namespace: 'other' }), client('talker', { node: near }, 'socat:1.7'),
      pod('web-1', [server(8080), { ...server(8081), readinessProbe: undefined }, udpServer(5353)], { node: near, labels: web }),
      pod('web-2', [server(8080), udpServer(5353)], { node: far, labels: web }),
      pod('shy', [{ ...server(8080), readinessProbe: { exec: { command: ['false'] } } }], { node: far, labels: { app: 'shy' } }),
      service('web', { selector: web, ports: [http] }),
      service('bare', { clusterIP: 'None', selector: web }),
      service('outside', { type: 'NodePort', selector: web, ports: [http] }),
      service('keeps', { type: 'NodePort', externalTrafficPolicy: 'Local', selector: web, ports: [http] }),
      service('stays', { internalTrafficPolicy: 'Local', selector: web, ports: [http] }),
      service('brief', { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 1 } }, selector: web, ports: [http] }),
      service('sticky', { type: 'NodePort', sessionAffinity: 'ClientIP', selector: web, ports: [http] }),
      service('extern', { selector: web, externalIPs: [external, ownAddress], ports: [{ ...http, port: 18888 }] }),
      service('named', { selector: web, ports: [{ name: 'a', port: 80, targetPort: 'http-8080' }, { name: 'b', port: 81, targetPort: 'http-8081' }] }),
      service('names', { type: 'NodePort', selector: web, ports: [{ name: 'dns', protocol: 'UDP', port: 53, targetPort: 5353 }] }),
      service('shy', { selector: { app: 'shy' }, ports: [http] }),
      service('shown', { selector: { app: 'shy' }, publishNotReadyAddresses: true, ports: [http] }),
      service('portless', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, selector: web, ports: [{ ...http, port: 18081 }] }),
      service('names-near', { type: 'NodePort', externalTrafficPolicy: 'Local', selector: web, ports: [{ name: 'dns', protocol: 'UDP', port: 53, targetPort: 5353 }] }),
      service('balanced', { type: 'LoadBalancer', selector: web, ports: [{ ...http, port: 18080 }] }),
      service('wed', { selector: { app: 'wed' }, ports: [http] }),
    );
    await net.ok('wait', '--for=condition=Ready', 'pod/client', 'pod/talker', 'pod/web-1', 'pod/web-2', '--timeout=120s');
    await net.ok('wait', '--for=condition=Ready', 'pod/stranger', '-n', 'other', '--timeout=120s');
  });
  afterAll(() => net?.cluster.destroy());

  describe('Services', () => {
    it('resolves a headless one without ports to its pods', () => eventually(async () => {
      const said = await net.inPod('client', 'nslookup -type=a bare.default.svc.cluster.local');
      for (const name of ['web-1', 'web-2']) expect(said).toContain(`Address: ${await addressOf(name)}`);
      return true;
    }));

    it('keeps the address of a client within the cluster', async () => {
      await answeredBy(() => net.ask('client', 'web', 12), 'web-1', 'web-2');
      const from = await addressOf('client');
      expect((await net.ask('client', 'web', 6)).map((said) => said.split(' ')[1])).toEqual(Array(6).fill(from));
    });

    it('answers on the node port, at this machine and at each node', async () => {
      const port = await nodePort('outside');
      for (const host of ['127.0.0.1', ...net.nodes.map(({ address }) => address)]) {
        await answeredBy(() => Promise.all(Array.from({ length: 12 }, () => page(host, port))), 'web-1', 'web-2');
      }
      await answeredBy(() => net.ask('client', `${net.nodes[1]!.address}:${port}`, 12), 'web-1', 'web-2');
    });

    it('stays on the node and shows the client where the policy for clients outside is Local', async () => {
      const port = await nodePort('keeps');
      const [said, again] = await Promise.all(net.nodes.map(({ address }) => page(address, port)));
      expect([said!.split(' ')[0], again!.split(' ')[0]]).toEqual(['web-1', 'web-2']);
      const own = net.nodes.map(({ address }) => address);
      expect(own).not.toContain(said!.split(' ')[1]);
    });

    it('stays on the node where the policy for clients inside is Local', async () => {
      await answeredBy(() => net.ask('client', 'stays', 8), 'web-1');
      await answeredBy(() => net.ask('stranger.other', 'stays.default', 8), 'web-2');
    });

    it('leads a client to the same pod with session affinity, from a pod and from this machine', async () => {
      const inside = await net.ask('client', 'sticky', 10);
      expect(new Set(inside).size).toBe(1);
      expect(inside[0]).not.toBe('');
      const port = await nodePort('sticky');
      expect(new Set((await Promise.all(Array.from({ length: 10 }, () => page('127.0.0.1', port)))).map((said) => said.split(' ')[0])).size).toBe(1);
    });

    it('forgets a client that did not come for so long, and not one that comes', async () => {
      const asked = async (pauseSeconds: number) => (await net.inPod('client', `for turn in $(seq 14); do wget -qO- http://brief/; sleep ${pauseSeconds}; done`)).split('\n').filter(Boolean).map((said) => said.split(' ')[0]);
      expect(new Set(await asked(0.2)).size).toBe(1);
      expect([...new Set(await asked(1.3))].sort()).toEqual(['web-1', 'web-2']);
    });

    it('serves external addresses, ports by name, and several ports', async () => {
      await answeredBy(() => net.ask('client', `${external}:18888`, 12), 'web-1', 'web-2');
      await answeredBy(() => net.ask('client', `${ownAddress}:18888`, 12), 'web-1', 'web-2');
      await answeredBy(() => Promise.all(Array.from({ length: 12 }, () => page(ownAddress, 18888))), 'web-1', 'web-2');
      await answeredBy(() => net.ask('client', 'named', 12), 'web-1', 'web-2');
      await answeredBy(() => net.ask('client', 'named:81', 6), 'web-1');
    });

    it('carries datagrams, from a pod and from this machine', async () => {
      const address = await clusterIP('names');
      await eventually(async () => ['web-1', 'web-2'].includes((await net.inPod('talker', `echo hello | socat -t 3 - UDP:${address}:53`)).trim()));
      const port = await nodePort('names');
      for (const host of ['127.0.0.1', net.nodes[0]!.address]) await eventually(async () => ['web-1', 'web-2'].includes(await datagram(host, port)));
      const near = await nodePort('names-near');
      for (const [index, { address }] of net.nodes.entries()) for (let turn = 0; turn < 4; turn++) expect(await datagram(address, near)).toBe(`web-${index + 1}`);
    });

    it('shows pods that are not ready only where that is asked for', async () => {
      await eventually(async () => (await net.field('pod shy', '.status.phase')) === 'Running');
      await answeredBy(() => net.ask('client', 'shown', 2), 'shy');
      expect(await net.ask('client', 'shy')).toEqual(['']);
    });

    it('follows Endpoints and EndpointSlices that are written by hand', async () => {
      const ip = await addressOf('web-2');
      await net.apply(
        service('by-endpoints', { ports: [http] }), { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'by-endpoints' }, subsets: [{ addresses: [{ ip }], ports: [{ name: 'http', port: 8080 }] }] },
        service('by-slice', { ports: [http] }),
        { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'by-slice-1', labels: { 'kubernetes.io/service-name': 'by-slice' } }, addressType: 'IPv4', endpoints: [{ addresses: [ip] }], ports: [{ name: 'http', port: 8080 }] },
      );
      for (const name of ['by-endpoints', 'by-slice']) await answeredBy(() => net.ask('client', name, 2), 'web-2');
    });

    it('gives a load balancer an address of this machine', async () => {
      const address = await eventually(() => net.field('svc balanced', '.status.loadBalancer.ingress[0].ip'));
      await answeredBy(() => Promise.all(Array.from({ length: 12 }, () => page(address, 18080))), 'web-1', 'web-2');
    });

    it('serves one without node ports', async () => {
      expect(await net.field('svc portless', '.spec.ports[0].nodePort')).toBe('');
      const address = await eventually(() => net.field('svc portless', '.status.loadBalancer.ingress[0].ip'));
      await answeredBy(() => Promise.all(Array.from({ length: 12 }, () => page(address, 18081))), 'web-1', 'web-2');
    });

    it('goes on with a pod that ends while it still serves, when there is no other', async () => {
      await net.apply(
        pod('last', [server(8080, { lifecycle: { preStop: { sleep: { seconds: 4 } } } })], { labels: { app: 'last' } }, { terminationGracePeriodSeconds: 20 }),
        service('last', { selector: { app: 'last' }, ports: [http] }),
      );
      await net.ok('wait', '--for=condition=Ready', 'pod/last', '--timeout=60s');
      await answeredBy(() => net.ask('client', 'last', 2), 'last');
      await net.ok('delete', 'pod', 'last', '--wait=false');
      await eventually(async () => (await net.field('endpointslices -l kubernetes.io/service-name=last', '.items[0].endpoints[0].conditions.terminating')) === 'true');
      await answeredBy(() => net.ask('client', 'last', 3), 'last');
      await net.ok('wait', '--for=delete', 'pod/last', '--timeout=60s');
      await answeredBy(() => net.ask('client', 'last'), '');
    });

    it('says on a Service why nobody answers, until somebody does', async () => {
      const reason = () => net.ok('describe', 'svc', 'wed');
      await eventually(async () => /Warning +NoReadyEndpoints .*no ready endpoints: selector app=wed matches no pod \(closest: app=web\)/.test(await reason()));
      await net.ok('patch', 'svc', 'wed', '-p', '{"spec":{"selector":{"app":"web"}}}');
      await answeredBy(() => net.ask('client', 'wed', 8), 'web-1', 'web-2');
      await eventually(async () => !(await reason()).includes('NoReadyEndpoints'));
    });
  });

  describe('network policies', () => {
    const to = (app: string) => ({ podSelector: { matchLabels: { app } } });
    const dns = { ports: [{ port: 53, protocol: 'UDP' }] };
    const targets = async () => [`${await addressOf('web-1')}:8080`, `${await addressOf('web-1')}:8081`, `${await addressOf('web-2')}:8080`, 'web.default'];
    /** `client>8080`: who gets an answer from web-1 at its ports, from web-2, and through the Service. */
    const open = async () => {
      const urls = await targets();
      const names = ['1:8080', '1:8081', '2:8080', 'svc'];
      const script = [...urls.map((url, index) => `( timeout 2 wget -qO- http://${url}/ >/dev/null 2>&1 && echo ${names[index]} ) &`), 'wait'].join('\n');
      const [mine, others] = await Promise.all(['client', 'stranger.other'].map(async (from) => (await net.inPod(from, script)).split('\n').filter(Boolean).sort().join(' ')));
      return { mine, others };
    };
    const all = '1:8080 1:8081 2:8080 svc';

    it.each<[string, object, { mine: string; others: string }]>([
      ['default deny', { podSelector: {}, policyTypes: ['Ingress'] }, { mine: '', others: '' }],
      ['pods by label', { ...to('web'), ingress: [{ from: [to('client')] }] }, { mine: all, others: '' }],
      ['a namespace', { ...to('web'), ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } }] }] }, { mine: '', others: all }],
      ['a named port', { ...to('web'), ingress: [{ ports: [{ port: 'http-8081' }] }] }, { mine: '1:8081', others: '1:8081' }],
      ['a range of ports', { ...to('web'), ingress: [{ ports: [{ port: 8000, endPort: 8080 }] }] }, { mine: '1:8080 2:8080 svc', others: '1:8080 2:8080 svc' }],
      ['egress, but for names', { ...to('client'), policyTypes: ['Egress'], egress: [dns] }, { mine: '', others: all }],
      ['egress to pods, through their Service, too', { ...to('client'), policyTypes: ['Egress'], egress: [dns, { to: [to('web')], ports: [{ port: 8080 }] }] }, { mine: '1:8080 2:8080 svc', others: all }],
    ])('%s', async (_, spec, expected) => {
      await net.apply(policy('tried', spec));
      await eventually(async () => {
        expect(await open()).toEqual(expected);
        return true;
      }, 60_000);
    });

    it('follow the labels of pods and of namespaces', async () => {
      const becomes = (expected: { mine: string; others: string }) => eventually(async () => {
        expect(await open()).toEqual(expected);
        return true;
      }, 60_000);
      await net.apply(policy('tried', { ...to('web'), policyTypes: ['Ingress'], egress: null, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'blue' } }, podSelector: { matchLabels: { tier: 'front' } } }] }] }));
      await becomes({ mine: '', others: '' });
      await net.ok('label', 'namespace', 'other', 'team=blue');
      await net.ok('label', 'pod', '-n', 'other', 'stranger', 'tier=front');
      await becomes({ mine: '', others: all });
      await net.ok('label', 'namespace', 'other', 'team-');
      await becomes({ mine: '', others: '' });
    });

    it('a block without a part of it', async () => {
      const [mine, web2] = [await addressOf('client'), await addressOf('web-2')];
      await net.apply(policy('tried', { ...to('web'), ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: [`${mine}/32`] } }] }] }));
      await eventually(async () => {
        expect(await open()).toEqual({ mine: '', others: all });
        return true;
      }, 60_000);
      await net.apply(policy('tried', { ...to('client'), policyTypes: ['Egress'], egress: [dns, { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: [`${web2}/32`] } }] }], ingress: null }));
      await eventually(async () => {
        expect(await open()).toMatchObject({ mine: expect.stringMatching(/^1:8080 1:8081( svc)?$/) as string, others: all });
        return true;
      }, 60_000);
      await net.ok('delete', 'networkpolicy', 'tried');
      await eventually(async () => {
        expect(await open()).toEqual({ mine: all, others: all });
        return true;
      }, 60_000);
    });
  });

  it('fails no request while pods come and go, from a pod and from this machine', async () => {
    await net.apply(
      service('busy', { type: 'NodePort', selector: { app: 'busy' }, ports: [http] }),
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'busy', namespace: 'default' }, spec: {
        replicas: 1, selector: { matchLabels: { app: 'busy' } }, template: { metadata: { labels: { app: 'busy' } }, spec: {
          terminationGracePeriodSeconds: 20, containers: [server(8080, { lifecycle: { preStop: { sleep: { seconds: 3 } } } })] } } } },
    );
    await net.ok('wait', '--for=condition=Available', 'deployment/busy', '--timeout=60s');
    const port = await nodePort('busy');
    await answeredBy(async () => [...await net.ask('client', 'busy'), await page('127.0.0.1', port)].map((said) => said.split('-')[0]!), 'busy');
    const asked = await whileAsking([askingInPod(net, 'client', await clusterIP('busy'), 2), askingHere(() => page('127.0.0.1', port), 2)], async () => {
      for (const replicas of [5, 1]) {
        await net.ok('scale', 'deployment/busy', `--replicas=${replicas}`);
        await eventually(async () => await net.field('deployment busy', '.status.readyReplicas} {.status.replicas') === `${replicas} ${replicas}`, 60_000);
        await eventually(async () => (await net.ok('get', 'pods', '-l', 'app=busy', '-o', 'name')).trim().split('\n').length === replicas, 60_000);
      }
    });
    for (const each of asked) {
      expect(failures(each)).toEqual([]);
      expect(each.length).toBeGreaterThan(20);
    }
    await net.ok('delete', 'deployment/busy', 'service/busy', '--wait=false');
  });

  it('is back when the container of a node was killed, with the application containers that were there', async () => {
    const lives = () => net.ok('get', 'pods', 'web-1', 'web-2', 'client', '-o', 'jsonpath={range .items[*]}{.status.containerStatuses[*].containerID} {.status.containerStatuses[*].restartCount}{"\\n"}{end}');
    await net.apply(pod('on-the-node', [server(8099)], { node: near }, { hostNetwork: true }));
    await net.ok('wait', '--for=condition=Ready', 'pod/on-the-node', '--timeout=60s');
    const [before, port, { address, container }] = [await lives(), await nodePort('outside'), net.nodes[0]!] as const;
    let killed = 0;
    const asked = await whileAsking([askingInPod(net, 'client', await clusterIP('web')), askingHere(() => page('127.0.0.1', port))], async (so) => {
      await eventually(() => so().every((each) => each.length > 5));
      killed = uptime();
      execFileSync('docker', ['kill', container], { stdio: 'pipe' });
      await eventually(() => so().every((each) => each.at(-1)!.at > killed + 3 && failures(each.slice(-5)).length === 0), 60_000);
    });
    const [pods, here] = asked.map((each) => backAfter(each, killed).toFixed(2));
    process.stderr.write(`after the kill of a node's container: pods answered again after ${pods} s, the node port after ${here} s\n`);
    expect(await lives()).toBe(before);
    await answeredBy(() => net.ask('client', 'web', 12), 'web-1', 'web-2');
    await answeredBy(() => net.ask('stranger.other', 'web.default', 12), 'web-1', 'web-2');
    // What lives in the node's own network has to begin anew.
    await eventually(async () => (await page(address, 8099)) !== '', 60_000);
  });

  it('goes on forwarding a port when the pod is replaced', async () => {
    await net.apply({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'replaced' }, spec: {
      selector: { matchLabels: { app: 'replaced' } }, template: { metadata: { labels: { app: 'replaced' } }, spec: { terminationGracePeriodSeconds: 1, containers: [server(8080)] } } } });
    await net.ok('wait', '--for=condition=Available', 'deployment/replaced', '--timeout=60s');
    const forward = background(knarrPath, ['port-forward', 'deployment/replaced', ':8080', '--address=127.0.0.1'], net.cluster.env);
    try {
      const port = Number(await eventually(() => /Forwarding from 127\.0\.0\.1:(\d+)/.exec(forward.output())?.[1]));
      const first = (await page('127.0.0.1', port)).split(' ')[0]!;
      await net.ok('delete', 'pod', first, '--wait=false');
      await eventually(async () => {
        const said = (await page('127.0.0.1', port)).split(' ')[0]!;
        return said.startsWith('replaced-') && said !== first;
      }, 60_000);
    } finally {
      await forward.end();
    }
  });
});
