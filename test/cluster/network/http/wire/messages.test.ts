import fc from 'fast-check';
import { AnswerReader } from '../../../../../src/cluster/network/http/wire/answer-reader';
import { ChunkScanner } from '../../../../../src/cluster/network/http/wire/chunks';
import { idleMsOf } from '../../../../../src/cluster/network/http/wire/framing';
import { readRequest, requestRecord } from '../../../../../src/cluster/network/http/wire/message';
import { answerHead, plainAnswerHead, requestHead } from '../../../../../src/cluster/network/http/wire/write-head';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const get = (...lines: string[]) => bytes(['GET / HTTP/1.1', 'Host: a', ...lines, '', ''].join('\r\n'));
const post = (body: string, ...lines: string[]) => bytes(['POST / HTTP/1.1', 'Host: a', ...lines, '', body].join('\r\n'));

describe('a request that is carried as bytes', () => {
  it.each<[string, Buffer, object]>([
    ['everything is good', get(), { method: 'GET', target: '/', host: 'a', closes: false, raw: ['Host', 'a'] }],
    ['a query', bytes('GET /a?b=%20c HTTP/1.1\r\nHost: a\r\n\r\n'), { target: '/a?b=%20c' }],
    ['the last of its connection', get('Connection: Close'), { closes: true }],
    ['white space about a value', get('X-A: \t b c \t'), { raw: ['Host', 'a', 'X-A', 'b c'] }],
    ['an empty value', get('X-A:'), { raw: ['Host', 'a', 'X-A', ''] }],
    ['bytes beyond ASCII in a value', get('X-A: \xe9\xa0'), { raw: ['Host', 'a', 'X-A', '\xe9\xa0'] }],
    ['a body', post('abc', 'Content-Length: 3'), { bodyAt: 47, endsAt: 50 }],
    ['another one behind it', Buffer.concat([get(), get()]), { endsAt: get().length }],
  ])('%s', (_, given, expected) => {
    expect(readRequest(given)).toMatchObject(expected);
  });

  it.each<[string, Buffer]>([
    ['half a head', bytes('GET / HTTP/1.1\r\nHost: a\r\n')],
    ['half a body', post('ab', 'Content-Length: 3')],
    ['chunks', post('0\r\n\r\n', 'Transfer-Encoding: chunked')],
    ['chunks and a length', post('0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['two lengths', post('ab', 'Content-Length: 2', 'Content-Length: 1')],
    ['two lengths that are equal', post('ab', 'Content-Length: 2', 'content-length: 2')],
    ['a list of lengths', post('ab', 'Content-Length: 2, 2')],
    ['a length with a sign', post('ab', 'Content-Length: +2')],
    ['a length in hexadecimal', post('ab', 'Content-Length: 0x2')],
    ['no host', bytes('GET / HTTP/1.1\r\n\r\n')],
    ['two hosts', get('Host: b')],
    ['a host with a path', bytes('GET / HTTP/1.1\r\nHost: a/b\r\n\r\n')],
    ['a space before the colon', get('X-A : b')],
    ['a folded line', get('X-A: b', ' c')],
    ['a bare LF', bytes('GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n')],
    ['a bare CR', get('X-A: b\rX-B: c')],
    ['a NUL', get('X-A: b\0')],
    ['a line without a colon', get('X-A')],
    ['a line without a name', get(': b')],
    ['HTTP/1.0', bytes('GET / HTTP/1.0\r\nHost: a\r\n\r\n')],
    ['a whole URL', bytes('GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['two spaces in the first line', bytes('GET  / HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['a fragment', bytes('GET /#a HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['an empty line first', bytes('\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['another method', bytes('TRACE / HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['a tunnel', bytes('CONNECT /a HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['an upgrade', get('Connection: Upgrade', 'Upgrade: websocket')],
    ['headers of the connection', get('Connection: close, X-A', 'X-A: b')],
    ['a wait for leave to send', post('ab', 'Content-Length: 2', 'Expect: 100-continue')],
    ['two credentials', get('Authorization: a', 'Authorization: b')],
    ['a head that is too large', get(`X-A: ${'a'.repeat(17_000)}`)],
  ])('is not: %s', (_, given) => {
    expect(readRequest(given)).toBeUndefined();
  });

  it('reads only what it would write, and writes what it has read', () => {
    const name = fc.stringMatching(/^x-[a-z]{1,8}$/);
    const value = fc.stringMatching(/^([!-~]([ -~]{0,10}[!-~])?)?$/);
    fc.assert(fc.property(fc.array(fc.tuple(name, value)), fc.string(), (fields, body) => {
      const raw = ['Host', 'a.example', ...fields.flat()];
      const sent = bytes(body);
      const given = Buffer.concat([bytes(requestHead('POST', '/x', raw, sent)), sent]);
      const read = readRequest(given)!;
      expect(read.raw).toEqual([...raw, 'content-length', String(sent.length)]);
      expect(given.subarray(read.bodyAt, read.endsAt)).toEqual(sent);
    }));
  });

  it('never reads past any bytes', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('GET / HTTP/1.1', 'Host: a', '\r\n', '\n', '\r', ' ', ':', 'Content-Length: 1', 'x', '\0')), (parts) => {
      const given = bytes(parts.join(''));
      const read = readRequest(given);
      if (read) expect(given.toString('latin1', 0, read.bodyAt)).toMatch(/^GET \/ HTTP\/1\.1\r\n([^\r\n\0]+\r\n)+\r\n$/);
    }));
  });

  it('joins headers of one name', () => {
    expect({ ...requestRecord(['A', '1', 'a', '2', 'Cookie', 'x', 'cookie', 'y', 'User-Agent', 'u', 'user-agent', 'v']) }).toEqual({ 'a': '1, 2', 'cookie': 'x; y', 'user-agent': 'u' });
  });
});

describe('an answer', () => {
  const answer = (body: string, ...lines: string[]) => bytes(['HTTP/1.1 200 OK', ...lines, '', body].join('\r\n'));
  const read = (given: Buffer, method = 'GET', sizes: readonly number[] = [given.length]) => {
    const reader = new AnswerReader(method);
    let [body, status, isWhole, hasSurplus, at] = ['', 0, false, false, 0];
    for (let turn = 0; at < given.length && !isWhole; at += sizes[turn % sizes.length]!, turn++) {
      const piece = reader.read(given.subarray(at, at + sizes[turn % sizes.length]!));
      if (!piece) return 'refused';
      body += piece.body.toString('latin1');
      status = piece.head?.status ?? status;
      ({ isWhole, hasSurplus } = piece);
    }
    return { status, body, isWhole, hasSurplus, by: reader.framing?.by };
  };

  it.each<[string, Buffer, string, object | 'refused']>([
    ['of a known length', answer('abc', 'Content-Length: 3'), 'GET', { status: 200, body: 'abc', isWhole: true, hasSurplus: false, by: 'length' }],
    ['with more behind it', answer('abcd', 'Content-Length: 3'), 'GET', { body: 'abc', isWhole: true, hasSurplus: true }],
    ['that is cut short', answer('ab', 'Content-Length: 3'), 'GET', { body: 'ab', isWhole: false }],
    ['to HEAD', answer('', 'Content-Length: 3'), 'HEAD', { body: '', isWhole: true }],
    ['not modified', bytes('HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n'), 'GET', { status: 304, isWhole: true }],
    ['without content', bytes('HTTP/1.1 204 No Content\r\n\r\n'), 'GET', { status: 204, isWhole: true }],
    ['without a reason', bytes('HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n'), 'GET', { status: 200, isWhole: true }],
    ['in chunks', answer('3\r\nabc\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'), 'GET', { body: '3\r\nabc\r\n0\r\n\r\n', isWhole: true, by: 'chunks' }],
    ['in chunks with trailers', answer('3;a=b\r\nabc\r\n0\r\nX-A: b\r\n\r\n', 'Transfer-Encoding: Chunked'), 'GET', { isWhole: true, hasSurplus: false }],
    ['until the end of the connection', answer('abc'), 'GET', { body: 'abc', isWhole: false, by: 'close' }],
    ['behind others that are not final', Buffer.concat([bytes('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'), answer('a', 'Content-Length: 1')]), 'GET', { status: 200, body: 'a', isWhole: true }],
    ['with a length and chunks', answer('abc', 'Content-Length: 3', 'Transfer-Encoding: chunked'), 'GET', 'refused'],
    ['with two lengths', answer('abc', 'Content-Length: 3', 'Content-Length: 3'), 'GET', 'refused'],
    ['with no number for a length', answer('abc', 'Content-Length: 3x'), 'GET', 'refused'],
    ['in another encoding', answer('abc', 'Transfer-Encoding: gzip, chunked'), 'GET', 'refused'],
    ['in chunks of HTTP/1.0', bytes('HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'), 'GET', 'refused'],
    ['with a folded line', answer('', 'X-A: b', ' c', 'Content-Length: 0'), 'GET', 'refused'],
    ['to an upgrade that was not asked for', bytes('HTTP/1.1 101 Switching Protocols\r\n\r\n'), 'GET', 'refused'],
    ['of another protocol', bytes('SSH-2.0-x\r\n'), 'GET', 'refused'],
  ])('%s', (_, given, method, expected) => {
    if (expected === 'refused') expect(read(given, method)).toBe('refused');
    else expect(read(given, method)).toMatchObject(expected);
  });

  it('is the same however it is cut', () => {
    const given = Buffer.concat([bytes('HTTP/1.1 100 Continue\r\n\r\n'), answer('3;a="b"\r\nabc\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nX-A: b\r\nX-B:\r\n\r\n', 'X-C: d', 'Transfer-Encoding: chunked')]);
    const whole = read(given);
    expect(whole).toMatchObject({ isWhole: true });
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
      expect(read(given, 'GET', sizes)).toEqual(whole);
    }));
  });

  it.each([['a bare LF', '3\nabc\r\n0\r\n\r\n'], ['no size', '\r\n'], ['a space about the size', ' 3\r\n'], ['a sign', '-3\r\n'], ['no end of the data', '3\r\nabcd'], ['a size beyond reason', `${'f'.repeat(13)}\r\n`], ['a trailer without a name', '0\r\n: a\r\n'], ['a folded trailer', '0\r\nX: a\r\n b\r\n'], ['trailers without end', `0\r\nX: ${'a'.repeat(17_000)}`]])('has no chunks with %s', (_, body) => {
    expect(new ChunkScanner().scan(bytes(body), 0)).toBeUndefined();
  });

  it.each<[string, string, string[], number]>([
    ['as usual', '1', [], 4000],
    ['for less', '1', ['Keep-Alive', 'timeout=3, max=5'], 2000],
    ['for longer', '1', ['Keep-Alive', 'timeout=75'], 4000],
    ['for too short a time', '1', ['Keep-Alive', 'timeout=1'], 0],
    ['not at all', '1', ['Connection', 'Close'], 0],
    ['of HTTP/1.0', '0', ['Connection', 'keep-alive'], 0],
  ])('keeps its connection %s', (_, minor, raw, expected) => {
    expect(idleMsOf({ minor: minor as '0' | '1', raw })).toBe(expected);
  });

  it('is handed on without what belongs to its connection', () => {
    const raw = ['Server', 's', 'Connection', 'x-a', 'X-A', 'b', 'Keep-Alive', 'timeout=5', 'Set-Cookie', 'c', 'Set-Cookie', 'd', 'Content-Length', '3'];
    expect(plainAnswerHead({ minor: '1', status: 200, reason: 'OK', raw, bodyAt: 0 }, 'own: 1\r\n')).toBe('HTTP/1.1 200 OK\r\nServer: s\r\nSet-Cookie: c\r\nSet-Cookie: d\r\nContent-Length: 3\r\nown: 1\r\n\r\n');
    expect(answerHead(200, 'OK', { 'set-cookie': ['c', 'd'], 'connection': 'x' }, '')).toBe('HTTP/1.1 200 OK\r\nset-cookie: c\r\nset-cookie: d\r\n\r\n');
  });
});
