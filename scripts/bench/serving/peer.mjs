// node peer.mjs api|floor DIRECTORY [PODS]: serves until its standard input ends; prints how to reach it as JSON, and for each
// line of input the milliseconds of CPU that it has used.
// `floor` is the least that a Node server can do for the same requests: node:https, JSON, append + fdatasync in groups.
import { constants, fdatasync, openSync, readFileSync, write, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { loadSource } from '../load-source.mjs';
import { pod } from './pod.mjs';

const parts = `
export { systemClock } from './src/api/clock';
export { createApiServer } from './src/cluster/apiserver/server';
export { createFirstObjects } from './src/cluster/daemon/bootstrap';
export { inProcessClient } from './src/cluster/daemon/in-process-client';
export { frontProxyName, loadPki } from './src/cluster/daemon/pki';
export { openDiskStore } from './src/cluster/store';
export { kinds } from './src/kinds';
`;

const watched = ['turn-0', 'turn-1', 'turn-2'];
const namespaces = { group: '', version: 'v1', plural: 'namespaces', namespaced: false };
const pods = { group: '', version: 'v1', plural: 'pods', namespaced: true };
const accounts = { group: '', version: 'v1', plural: 'serviceaccounts', namespaced: true };

async function api(of, pki, directory, count) {
  const store = await of.openDiskStore(join(directory, 'store'));
  const server = of.createApiServer({
    store, kinds: of.kinds, clock: of.systemClock, random: Math.random, log: (line) => console.error(line), serviceAccountKey: pki.serviceAccountKey,
    tls: { cert: pki.apiServer.cert, key: pki.apiServer.key, clientCa: pki.ca.cert },
    serviceCIDR: '10.96.0.0/12', nodePortRange: { from: 30000, to: 32767 }, nodeAgent: () => undefined,
  });
  const client = of.inProcessClient(server.registry, { name: 'system:apiserver', groups: ['system:masters'] });
  await of.createFirstObjects(client, { clients: pki.ca.cert, frontProxies: pki.frontProxyCa.cert, frontProxyName: of.frontProxyName });
  for (const name of watched) await client.create(namespaces, { metadata: { name } });
  for (const namespace of ['default', ...watched]) await client.create(accounts, { metadata: { name: 'default', namespace } });
  await Promise.all(Array.from({ length: count }, (_, index) => client.create(pods, pod(`listed-${index}`, 'default'))));
  writeFileSync(join(directory, 'stored.json'), store.get('/pods/default/listed-0').bytes);
  return { port: await server.listen('127.0.0.1', 0) };
}

function groupCommit(file) {
  const descriptor = openSync(file, constants.O_CREAT | constants.O_WRONLY | constants.O_APPEND);
  let waiting = [];
  let isWriting = false;
  const commit = () => {
    const batch = waiting;
    waiting = [];
    write(descriptor, Buffer.concat(batch.map(({ bytes }) => bytes)), () => fdatasync(descriptor, () => {
      for (const { done } of batch) done();
      if (waiting.length) commit();
      else isWriting = false;
    }));
  };
  return (bytes, done) => {
    waiting.push({ bytes, done });
    if (isWriting) return;
    isWriting = true;
    commit();
  };
}

/** Serves one object (what the other stored), a list of `count` copies of its bytes, creates, and a stream that every create goes to. */
async function floor(pki, directory, count) {
  const append = groupCommit(join(directory, 'floor.log'));
  const object = JSON.parse(readFileSync(join(directory, '../api/stored.json'), 'utf8'));
  const items = Array.from({ length: count }, () => Buffer.from(`${JSON.stringify(object)},`));
  const watchers = new Set();
  /** What is created has to be there. */
  const created = [];
  const server = createServer({ cert: pki.apiServer.cert, key: pki.apiServer.key, ca: pki.ca.cert, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const answer = (code, body) => response.writeHead(code, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    if (request.url.startsWith('/watch')) return void watchers.add(response.writeHead(200, { 'content-type': 'application/json' }));
    if (request.url.startsWith('/list')) return answer(200, Buffer.concat(items));
    if (request.method === 'GET') return answer(200, Buffer.from(JSON.stringify(object)));
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      const bytes = Buffer.from(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString())));
      append(bytes, () => {
        created.push(bytes);
        answer(201, bytes);
        for (const watcher of watchers) watcher.write(bytes);
      });
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port };
}

const [role, directory, count = '0'] = process.argv.slice(2);
const of = await loadSource(parts);
const pki = await of.loadPki(join(directory, 'pki'), Date.now());
const reached = role === 'api' ? await api(of, pki, directory, Number(count)) : await floor(pki, directory, Number(count));
console.log(JSON.stringify({ ...reached, ca: pki.ca.cert, cert: pki.admin.cert, key: pki.admin.key }));
process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1000);
}).once('end', () => process.exit(0));
