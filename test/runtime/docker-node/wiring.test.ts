import { parseLdd } from '../../../src/runtime/docker/node/image/debian';
import { mainScript } from '../../../src/runtime/docker/node/main-script';
import { gatewayOf, linkName, routeCommand, unwireCommand, wireCommand } from '../../../src/runtime/docker/node/wiring';

describe('wiring commands', () => {
  it.each([['10.244.0.5', 'v0af40005'], ['255.255.255.255', 'vffffffff'], ['1.2.3.4', 'v01020304']])('names the link of %s %s', (ip, expected) => {
    expect(linkName(ip)).toBe(expected);
    expect(linkName(ip).length).toBeLessThan(16);
  });

  it.each([['10.244.0.0/24', '10.244.0.1'], ['10.244.17.0/24', '10.244.17.1'], ['192.168.1.128/25', '192.168.1.129']])('takes the first address of %s as the gateway', (range, expected) => {
    expect(gatewayOf(range)).toBe(expected);
  });

  it('gives the sandbox its address, its gateway and a route back', () => {
    const command = wireCommand(4711, '10.244.0.5', '10.244.0.1');
    expect(command).toContain('link add v0af40005 mtu 1400 type veth peer name eth0 mtu 1400 netns 4711');
    expect(command).toContain('route replace 10.244.0.5/32 dev v0af40005 scope link src 10.244.0.1');
    expect(command).toContain('/usr/bin/nsenter -t 4711 -n /usr/bin/ip -batch -');
    expect(command).toContain('route add default via 169.254.1.1 src 10.244.0.5');
  });

  it('runs programs by absolute path, since the shell prefers its own', () => {
    const all = [wireCommand(1, '10.244.0.5', '10.244.0.1'), unwireCommand('10.244.0.5'), routeCommand('10.244.1.0/24', '172.18.0.3'), mainScript('10.244.0.0/24')].join('\n');
    expect(all).not.toMatch(/(^|[;&|{!] *)(ip|nsenter|socat) /m);
  });
});

describe('shared libraries', () => {
  it('reads ldd\'s listing', () => {
    expect(parseLdd([
      '\tlinux-vdso.so.1 (0x00007f46ff9a8000)',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f46fea1e000)',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f46ff9aa000)',
    ].join('\n'))).toEqual(['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2']);
  });

  it('names what is missing', () => {
    expect(() => parseLdd('\tlibnft.so.1 => not found\n')).toThrow('the shared library libnft.so.1 is not installed');
  });

  it('finds nothing for a static executable', () => {
    expect(parseLdd('')).toEqual([]);
  });
});
