// A small HTTP server for an agent to sit in. Answers each line on stdin with its port.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

const server = createServer((request, response) => {
  const body = JSON.stringify({
    path: request.url,
    items: Array.from({ length: 20 }, (_, id) => ({ id, name: `n${id}` })),
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  createInterface(process.stdin)
    .on('line', () => process.stdout.write(`${port}\n`))
    .once('close', () => process.exit());
});
