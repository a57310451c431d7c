// An HTTP server for measurements: answers each line on stdin with its port, and exits when stdin closes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** Serves the result of `answer` for each path, as JSON. */
export function listen(answer: (path: string | undefined) => unknown): void {
  const server = createServer((request, response) => {
    const body = JSON.stringify(answer(request.url));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    createInterface(process.stdin)
      .on('line', () => process.stdout.write(`${port}\n`))
      .once('close', () => process.exit());
  });
}
