import Docker from 'dockerode';
import { createNodeContainer, removeNetwork, type NodeContainer } from '../../../src/runtime/docker/node';
import { describeWithEngine } from '../../support/engine';

jest.setTimeout(60_000);

const profile = `nodetest-${process.pid}`;

describeWithEngine('a node container', () => {
  const docker = new Docker();
  let node: NodeContainer;
  let pid: number;
  const steps: string[] = [];
  const create = () => createNodeContainer({ docker, profile, node: { name: 'n1', podCIDR: '10.244.7.0/24' }, onStep: (step) => steps.push(step) });
  const inSandbox = (command: string) => node.shell(`/usr/bin/nsenter -t ${pid} -n ${command}`);

  beforeAll(async () => {
    node = await create();
    const sandbox = await docker.createContainer({
      Image: 'knarr/node:1', Labels: { 'knarr.profile': profile }, HostConfig: { NetworkMode: 'none' },
      // An echo that answers only after the client has ended its side.
      Cmd: ['/usr/bin/socat', '-t', '5', 'TCP4-LISTEN:7000,fork,reuseaddr', 'SYSTEM:text=$(cat); sleep 0.7; echo "got $text"'],
    });
    await sandbox.start();
    pid = (await sandbox.inspect()).State.Pid;
    await node.wire(pid, '10.244.7.2');
  });

  afterAll(async () => {
    const sandboxes = await docker.listContainers({ all: true, filters: { label: [`knarr.profile=${profile}`] } });
    await node.remove();
    await Promise.all(sandboxes.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true }).catch(() => undefined)));
    await removeNetwork(docker, profile);
  });

  it('is on the profile\'s bridge, behind the gateway', () => {
    expect(node.address.split('.').slice(0, 3)).toEqual(node.hostAddress.split('.').slice(0, 3));
    expect(steps.at(-1)).toBe(`Starting the node container knarr-${profile}-node-n1`);
  });

  it('is taken over when it runs already', async () => {
    const before = steps.length;
    const again = await create();
    expect(again.containerId).toBe(node.containerId);
    expect(again.address).toBe(node.address);
    expect(steps).toHaveLength(before);
    again.close();
  });

  it('wires a sandbox, once', async () => {
    await node.wire(pid, '10.244.7.2');
    expect(await inSandbox('/usr/bin/ip -o -4 addr show eth0')).toContain('10.244.7.2/32');
    expect(await inSandbox('/usr/bin/ip route show default')).toContain('via 169.254.1.1');
  });

  it('tells why a sandbox cannot be wired', async () => {
    await expect(node.wire(999_999_999, '10.244.7.9')).rejects.toThrow(/^cannot wire process 999999999 to 10.244.7.9: .*No such process/);
    await expect(node.unwire('10.244.7.9')).resolves.toBeUndefined();
  });

  it('dials into its network, and keeps half-open connections open', async () => {
    const connection = await node.dial('10.244.7.2', 7000);
    connection.end('hello');
    let text = '';
    for await (const chunk of connection) text += String(chunk);
    expect(text).toBe('got hello\n');
  });

  it('dials with no process in between, known to pods by the gateway', async () => {
    await Promise.all(Array.from({ length: 50 }, async () => (await node.dial('10.244.7.2', 7000)).destroy()));
    expect(await node.shell('/usr/sbin/nft list map ip knarr-doors doors')).toMatch(/610\d\d : 10\.244\.7\.2 \. 7000/);
    const connection = await node.dial('10.244.7.2', 7000);
    expect(await inSandbox('/bin/cat /proc/net/nf_conntrack /proc/net/tcp')).toContain('0207F40A:1B58 0107F40A:');
    connection.destroy();
  });

  it.each([['10.244.7.2', 7001, 'ECONNREFUSED'], ['10.244.7.200', 80, 'EHOSTUNREACH']])('fails to dial %s:%d with %s', async (address, port, code) => {
    await expect(node.dial(address, port)).rejects.toMatchObject({ code });
  });

  it('lets nobody dial without the token', async () => {
    await expect(inSandbox(`/bin/sh -c "echo wrong 10.244.7.2 7000 | /usr/bin/socat -t 1 - TCP4:${node.address}:10247"`)).resolves.toBe('');
  });

  it('applies rules as one transaction, or none', async () => {
    await node.applyRules('add table ip t\nadd chain ip t a');
    await expect(node.applyRules('add chain ip t b\nadd rule ip t nowhere accept')).rejects.toMatchObject({ name: 'RuntimeFailure' });
    expect(await node.shell('/usr/sbin/nft list table ip t')).not.toContain('chain b');
    await node.applyRules('delete table ip t');
  });

  it('keeps commands apart', async () => {
    const answers = await Promise.all([node.shell('echo one'), node.shell('echo two; false').catch((error: Error) => error.message), node.shell('cat; printf three')]);
    expect(answers).toEqual(['one\n', 'two', 'three']);
  });

  it('starts again after a stop', async () => {
    await node.stop();
    await expect(node.shell('true')).rejects.toThrow();
    node = await create();
    await node.wire(pid, '10.244.7.2');
    (await node.dial('10.244.7.2', 7000)).destroy();
  });
});
