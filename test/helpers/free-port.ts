// A TCP port on which nothing listens just now.
import { createServer } from 'node:net';

/** Below those that the kernel gives away by itself (32768 and above, ip(7)): no other program is given it meanwhile. */
const [FIRST, COUNT] = [12_000, 18_000];

export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
