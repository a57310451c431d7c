// An HTTP server that leaks: each request leaves a session, and every twentieth of them stays for good. Answers each line on
// stdin with its port.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

interface Session {
  readonly path: string | undefined;
  readonly items: readonly { readonly id: number; readonly name: string }[];
}

/** Sessions that end again: the newest thousand. */
const LIVE = 1000;
const STAYS = 20;

const sessions = new Map<number, Session>();
const forgotten = new Map<number, Session>();
let count = 0;

function remember(path: string | undefined): Session {
  count += 1;
  const session = { path, items: Array.from({ length: 20 }, (_, id) => ({ id, name: `n${id}` })) };
  sessions.set(count, session);
  sessions.delete(count - LIVE);
  if (count % STAYS === 0) forgotten.set(count, session);
  return session;
}

const server = createServer((request, response) => {
  const body = JSON.stringify(remember(request.url));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  createInterface(process.stdin)
    .on('line', () => process.stdout.write(`${port}\n`))
    .once('close', () => process.exit());
});
