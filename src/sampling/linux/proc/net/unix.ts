// /proc/net/unix: the Unix sockets of a network namespace (proc_net(5), net/unix/af_unix.c, unix_seq_show).
import { existing } from '../../../../numbers/existing.ts';

/** A stream socket that accepts connections, under a name in the file system. */
export interface UnixListener {
  /** As it was bound, in the mount namespace of the process that bound it. Any user may have chosen it. */
  readonly path: string;
  /** Inode of the socket itself, the one in /proc/PID/fd; not of the file. */
  readonly inode: string;
}

const NEWLINE = 10;

/** Lines taken at most: a user can bind as many names as they have descriptors. */
const MOST = 16_384;

/** `Num: RefCount Protocol Flags Type St Inode Path`; flag 00010000 is __SO_ACCEPTCON, type 0001 SOCK_STREAM. */
const LISTENER = /^[0-9a-f]+: [0-9a-f]{8} [0-9a-f]{8} 00010000 0001 [0-9a-f]{2} +(\d{1,20}) (\/.*)$/i;

/**
 * The listeners whose path contains `part`. Lines without it are never turned into text. A path may hold a newline
 * and so forge a line: the result must be checked against /proc/PID/fd.
 */
export function parseListeners(bytes: Buffer, part: string): UnixListener[] {
  const listeners: UnixListener[] = [];
  let at = bytes.indexOf(part);
  while (at !== -1 && listeners.length < MOST) {
    const start = bytes.lastIndexOf(NEWLINE, at) + 1;
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline === -1 ? bytes.length : newline;
    const match = LISTENER.exec(bytes.toString('utf8', start, end));
    if (match !== null) listeners.push({ inode: existing(match[1]), path: existing(match[2]) });
    at = bytes.indexOf(part, end);
  }
  return listeners;
}
