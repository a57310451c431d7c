// An HTTP server that leaks: each request adds a session, and every twentieth session is never removed. Answers each line on
// stdin with its port.
import { listen } from './listen.ts';

interface Session {
  readonly path: string | undefined;
  readonly items: readonly { readonly id: number; readonly name: string }[];
}

/** The sessions that are removed again: only the newest thousand are kept. */
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

listen(remember);
