// Reads the kernel's messages, and those of daemons that kill before the kernel does, from the journal by journalctl.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { kernelText } from './log-prefix.ts';

/** A line of the journal by a sender that journald vouches for. */
export interface JournalLine {
  readonly from: 'kernel' | 'earlyoom' | 'systemd-oomd';
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly text: string;
}

/** By their full names: PATH may lead elsewhere, and memtop may be root. */
const PROGRAMS = ['/usr/bin/journalctl', '/bin/journalctl', '/run/current-system/sw/bin/journalctl'];
/** Limits for journalctl: milliseconds, bytes and lines. */
const JOURNAL_TIMEOUT = 3000;
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_LINES = 2000;
const FIELDS = '_TRANSPORT,_SYSTEMD_UNIT,SYSLOG_FACILITY,MESSAGE,__REALTIME_TIMESTAMP';

/**
 * The newest lines since a moment; undefined where there is no journalctl, or where it fails. Where there is no journal, or
 * none that this user may read, it exits with 0 and prints nothing. Runs in parallel with sampling, for a few seconds at most.
 */
export function askJournal(since: number, programs: readonly string[] = PROGRAMS): Promise<JournalLine[] | undefined> {
  const program = programs.find((path) => existsSync(path));
  if (program === undefined) return Promise.resolve(undefined);
  const seconds = Math.floor(since / 1000);
  const which = ['_TRANSPORT=kernel', '+', '_SYSTEMD_UNIT=earlyoom.service', '+', '_SYSTEMD_UNIT=systemd-oomd.service'];
  const how = ['-q', '--no-pager', '-b', '-o', 'json', `--output-fields=${FIELDS}`, '-n', String(MOST_LINES)];
  const options = {
    timeout: JOURNAL_TIMEOUT,
    maxBuffer: MOST_BYTES,
    killSignal: 'SIGKILL',
    env: { LC_ALL: 'C' },
  } as const;
  return new Promise((resolve) => {
    execFile(program, [...how, `--since=@${seconds}`, ...which], options, (error, stdout) => {
      const lines = parseJournal(stdout);
      resolve(lines.length === 0 && error !== null ? undefined : lines);
    }).on('error', () => resolve(undefined));
  });
}

/** The lines of `journalctl -o json` by the kernel itself and the two daemons. What is anything else is left out. */
export function parseJournal(text: string): JournalLine[] {
  const lines: JournalLine[] = [];
  for (const json of text.split('\n')) {
    const line = json === '' ? undefined : parseLine(json);
    if (line !== undefined) lines.push(line);
  }
  return lines;
}

function parseLine(json: string): JournalLine | undefined {
  let fields: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    fields = parsed as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const from = senderOf(fields);
  const text = textOf(fields['MESSAGE']);
  const time = Number(fields['__REALTIME_TIMESTAMP']) / 1000;
  if (from === undefined || text === undefined || !Number.isFinite(time)) return undefined;
  return { from, text: from === 'kernel' ? kernelText(text) : text, time };
}

/** journald itself writes the fields that begin with an underscore (systemd.journal-fields(7)). */
function senderOf(fields: Record<string, unknown>): JournalLine['from'] | undefined {
  if (fields['_TRANSPORT'] === 'kernel') return fields['SYSLOG_FACILITY'] === '0' ? 'kernel' : undefined;
  if (fields['_SYSTEMD_UNIT'] === 'earlyoom.service') return 'earlyoom';
  return fields['_SYSTEMD_UNIT'] === 'systemd-oomd.service' ? 'systemd-oomd' : undefined;
}

/** Text that is not UTF-8 comes as an array of bytes. */
function textOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message;
  if (!Array.isArray(message) || !message.every((byte) => Number.isInteger(byte))) return undefined;
  return Buffer.from(message as number[]).toString('utf8');
}
