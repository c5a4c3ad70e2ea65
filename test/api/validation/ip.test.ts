import fc from 'fast-check';
import { cidrContains, formatCIDR, formatIP, parseCIDR, parseIP, validateCIDR, validateIP } from '../../../src/api/validation';

test.each([
  ['10.0.0.1', '10.0.0.1'], ['010.002.003.004', '10.2.3.4'], ['::', '::'], ['::1', '::1'], ['FE80:0:0:0:0:0:0:0abc', 'fe80::abc'],
  ['2001:db8:0:0:1:0:0:0', '2001:db8:0:0:1::'], ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'], ['::ffff:1.2.3.4', '1.2.3.4'], ['1:0:0:2::', '1:0:0:2::'],
  ['::1.2.3.4', '::102:304'],
])('%s is %s', (text, canonical) => expect(formatIP(parseIP(text)!)).toBe(canonical));

test.each(['', '1.2.3', '1.2.3.256', '1.2.3.4.5', ':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', 'g::', '1.2.3.4 '])(
  '%p is no address', (text) => expect(parseIP(text)).toBeUndefined());

test.each([['10.1.2.3/8', '10.0.0.0/8'], ['10.0.0.0/032', '10.0.0.0/32'], ['2001:db8::1/64', '2001:db8::/64'], ['::ffff:1.2.3.4/120', '1.2.3.0/24']])(
  '%s is %s', (text, canonical) => expect(formatCIDR(parseCIDR(text)!)).toBe(canonical));

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '::/129', 'x/8'])('%p is no CIDR', (text) => expect(parseCIDR(text)).toBeUndefined());

test('containment', () => {
  const pods = parseCIDR('10.244.0.0/16')!;
  expect(cidrContains(pods, parseIP('10.244.3.9')!)).toBe(true);
  expect(cidrContains(pods, parseIP('10.245.0.1')!)).toBe(false);
  expect(cidrContains(pods, parseIP('::1')!)).toBe(false);
});

test('formatting and parsing cancel out', () => {
  fc.assert(fc.property(fc.ipV6(), (text) => {
    const ip = parseIP(text)!;
    expect(parseIP(formatIP(ip))).toEqual(ip);
  }));
});

test('messages', () => {
  expect(validateIP('x', 'spec.clusterIP')).toMatchObject([{ message: 'Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)' }]);
  expect(validateCIDR('x', 'spec.podCIDR')).toMatchObject([{ message: 'Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)' }]);
});
