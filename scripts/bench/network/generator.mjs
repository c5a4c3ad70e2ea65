// node generator.mjs HOST PORT SECONDS CONNECTIONS keep|new [NAME]: asks an HTTP server without a pause and prints the requests
// a second. All answers have one length; `keep` uses each connection again, `new` opens one for each request.
import { connect } from 'node:net';

const [host, port, seconds, connections, mode, name = 'bench'] = process.argv.slice(2);
const request = Buffer.from(`GET / HTTP/1.1\r\nHost: ${name}\r\n${mode === 'new' ? 'Connection: close\r\n' : ''}\r\n`);
const now = () => Number(process.hrtime.bigint()) / 1e9;
const endAt = now() + Number(seconds);
const warmAt = now() + Number(seconds) / 4;
let answered = 0;

function count() {
  if (now() > warmAt) answered++;
}

const open = () => connect({ host, port: Number(port), noDelay: true });

function failed(error) {
  console.error(`${host}:${port}: ${error.message}`);
  process.exit(1);
}

/** The first answer tells the length of all. */
function keep() {
  return new Promise((resolve) => {
    const socket = open().once('error', failed);
    let length = 0;
    let left = 0;
    socket.on('data', (chunk) => {
      if (length === 0) {
        if (!chunk.toString('latin1').startsWith('HTTP/1.1 200')) failed(new Error(chunk.toString('latin1').split('\r\n')[0]));
        left = length = chunk.length;
      }
      left -= chunk.length;
      if (left > 0) return;
      left = length;
      count();
      if (now() < endAt) socket.write(request);
      else socket.destroy();
    }).once('connect', () => socket.write(request)).once('close', () => (now() < endAt ? failed(new Error('closed')) : resolve()));
  });
}

async function fresh() {
  while (now() < endAt) {
    await new Promise((resolve) => {
      let said = '';
      open().once('error', failed).setEncoding('latin1').on('data', (text) => { said += text; })
        .once('close', () => (said.startsWith('HTTP/1.1 200') ? resolve() : failed(new Error(said.split('\r\n')[0]))))
        .end(request);
    });
    count();
  }
}

await Promise.all(Array.from({ length: Number(connections) }, mode === 'keep' ? keep : fresh));
console.log(answered / (Number(seconds) * 0.75));
