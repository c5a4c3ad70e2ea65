import { quote } from './quote';

/** A URL in its parts, as Go's net/url takes it apart. */
export interface GoURL {
  readonly scheme: string;
  /** With its port. */
  readonly host: string;
  /** As it was written. */
  readonly path: string;
  readonly query: string;
}

class URLFailure extends Error {}

/** An absolute URL or path. Throws an Error in the words of url.ParseRequestURI. */
export function parseRequestURI(text: string): GoURL {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof URLFailure)) throw error;
    throw new Error(`parse ${quote(text)}: ${error.message}`);
  }
}

function parse(text: string): GoURL {
  if ([...text].some((char) => char < ' ' || char === '\x7f')) throw new URLFailure('net/url: invalid control character in URL');
  if (!text) throw new URLFailure('empty url');
  if (text === '*') return { scheme: '', host: '', path: '*', query: '' };
  const { scheme, rest } = splitScheme(text);
  const at = rest.indexOf('?');
  const [hierarchy, query] = at < 0 ? [rest, ''] : [rest.slice(0, at), rest.slice(at + 1)];
  if (!hierarchy.startsWith('/')) {
    if (scheme) return { scheme, host: '', path: '', query };
    throw new URLFailure('invalid URI for request');
  }
  const hasAuthority = hierarchy.startsWith('//') && (scheme !== '' || !hierarchy.startsWith('///'));
  const [authority, path] = hasAuthority ? splitAuthority(hierarchy.slice(2)) : ['', hierarchy];
  assertEscapes(path);
  return { scheme, host: hostOf(authority), path, query };
}

function splitScheme(text: string): { scheme: string; rest: string } {
  if (text.startsWith(':')) throw new URLFailure('missing protocol scheme');
  const [found, scheme] = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text) ?? [];
  if (found) return { scheme: scheme!.toLowerCase(), rest: text.slice(found.length) };
  return { scheme: '', rest: text };
}

function splitAuthority(text: string): [string, string] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash)];
}

function hostOf(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (host.startsWith('[') && !host.includes(']')) throw new URLFailure("missing ']' in host");
  const [port] = /:[^:\]]*$/.exec(host) ?? [];
  if (port && !/^:\d*$/.test(port)) throw new URLFailure(`invalid port ${quote(port)} after host`);
  if (/[ <>"]/.test(host)) throw new URLFailure(`invalid character ${quote(/[ <>"]/.exec(host)![0])} in host name`);
  return host;
}

function assertEscapes(text: string): void {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(text);
  if (wrong) throw new URLFailure(`invalid URL escape ${quote(wrong[0])}`);
}
