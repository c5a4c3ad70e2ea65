import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8', '.gif': 'image/gif', '.htm': 'text/html; charset=utf-8', '.html': 'text/html; charset=utf-8',
  '.jpeg': 'image/jpeg', '.jpg': 'image/jpeg', '.js': 'text/javascript; charset=utf-8', '.json': 'application/json', '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf', '.png': 'image/png', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm',
  '.webp': 'image/webp', '.xml': 'text/xml; charset=utf-8',
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', '\'': '&#39;' };

/** Serves what is under `directory`, as Go's http.FileServer does. `path` has no slash before it. */
export async function serveFile(directory: string, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (/(^|\/)index\.html$/.test(path)) return redirect(response, './');
  const file = join(directory, normalize(`/${decode(path)}`));
  const found = await stat(file).catch(() => undefined);
  if (!found) return plain(response, 404, '404 page not found');
  const isDirectory = found.isDirectory();
  if (isDirectory && path && !path.endsWith('/')) return redirect(response, `${path.split('/').at(-1)}/`);
  if (!isDirectory && path.endsWith('/')) return redirect(response, `../${path.split('/').at(-2)}`);
  const index = isDirectory && await stat(join(file, 'index.html')).catch(() => undefined);
  if (isDirectory && !index) return list(file, response);
  return send(isDirectory ? join(file, 'index.html') : file, index || found, request, response);
}

function send(file: string, { mtime, size }: { mtime: Date; size: number }, { method, headers }: IncomingMessage, response: ServerResponse): void {
  const since = Date.parse(headers['if-modified-since'] ?? '');
  response.setHeader('last-modified', mtime.toUTCString());
  if (Math.floor(mtime.getTime() / 1000) * 1000 <= since) return void response.writeHead(304).end();
  response.writeHead(200, { 'content-type': mediaTypes[extname(file).toLowerCase()] ?? 'application/octet-stream', 'content-length': size });
  if (method === 'HEAD') return void response.end();
  pipeline(createReadStream(file), response, () => undefined);
}

async function list(directory: string, response: ServerResponse): Promise<void> {
  const entries = (await readdir(directory, { withFileTypes: true })).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  const lines = entries.map((name) => `<a href="${encodeURI(name).replace(/[?#]/g, encodeURIComponent)}">${name.replace(/[&<>"']/g, (char) => entities[char]!)}</a>\n`);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${lines.join('')}</pre>\n`);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll('\0', '');
  } catch {
    return path;
  }
}

const redirect = (response: ServerResponse, location: string): void => void response.writeHead(301, { location }).end();

/** As Go's http.Error. */
export function plain(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }).end(`${text}\n`);
}
