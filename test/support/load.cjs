// node load.cjs PORT: asks for / over and over, each time on a connection of its own, until it is told to end;
// then it writes what came of it as JSON: { answered, failures: [why] }.
const { get } = require('node:http');

const port = Number(process.argv[2]);
const askersCount = 3;
let isOver = false;
let answered = 0;
const failures = [];

function ask() {
  return new Promise((resolve) => {
    const failed = (error) => {
      failures.push(error.message);
      resolve();
    };
    get({ host: '127.0.0.1', port, path: '/', agent: false, timeout: 30_000 }, (response) => {
      response.on('error', failed).resume().on('end', () => {
        if (response.statusCode === 200) answered++;
        else failures.push(`status ${response.statusCode}`);
        resolve();
      });
    }).on('error', failed).on('timeout', function timedOut() { this.destroy(new Error('no answer in 30 s')); });
  });
}

async function keepAsking() {
  while (!isOver) {
    await ask();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

process.on('SIGTERM', () => { isOver = true; });
Promise.all(Array.from({ length: askersCount }, keepAsking)).then(() => process.stdout.write(JSON.stringify({ answered, failures })));
