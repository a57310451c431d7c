// Names of users that are not in /etc/passwd (LDAP, sssd, systemd's dynamic users), looked up in NSS by getent(1).
import { existsSync, readFileSync } from 'node:fs';
import { clean } from '../../../text/clean.ts';
import type { ChildCommands } from '../reading/child-commands.ts';
import { parsePasswd } from './passwd.ts';
import type { Roster } from './roster.ts';
import { amendReading } from './row-process.ts';

const GETENTS: readonly string[] = ['/usr/bin/getent', '/bin/getent', '/run/current-system/sw/bin/getent'];

/** Services of nsswitch.conf(5) that have no user beyond /etc/passwd. */
const LOCAL: ReadonlySet<string> = new Set(['files', 'compat', 'db']);

/** Uids looked up at a time; the others follow. */
const MOST_AT_ONCE = 64;
/** A line is some hundred bytes. */
const LONGEST_ANSWER = 64 * 1024;
/** Longest name shown (LOGIN_NAME_MAX, limits.h). */
const LONGEST_NAME = 256;

/** Whether NSS may know users that /etc/passwd does not have. */
export function asksBeyondPasswd(nsswitch: string): boolean {
  const services = /^\s*passwd:([^#\n]*)/m.exec(nsswitch)?.[1] ?? '';
  const named = services.replace(/\[[^\]]*\]/g, ' ').match(/\S+/g) ?? [];
  return named.some((service) => !LOCAL.has(service));
}

/** Each uid is looked up once, in the background, many at a time: a server that does not answer delays nothing. */
export class NssUsers {
  readonly #commands: ChildCommands;
  #program: string | undefined;
  #isFound: boolean;
  readonly #names = new Map<number, string>();
  /** The uids to look up, and those looked up: an unknown uid stays unknown. */
  readonly #wanted = new Set<number>();
  readonly #requested = new Set<number>();
  #asking: readonly number[] = [];

  /** @param program in the place of getent, which is searched when the first name is needed */
  constructor(commands: ChildCommands, program?: string) {
    this.#commands = commands;
    this.#program = program;
    this.#isFound = program !== undefined;
  }

  /** The name, when the answer has arrived; else the uid is noted for the next `ask`. */
  nameOf(uid: number): string | undefined {
    const name = this.#names.get(uid);
    if (name === undefined && !this.#requested.has(uid)) this.#wanted.add(uid);
    return name;
  }

  /** Asks for the uids that were noted, and takes the answer when it is there. Returns whether it brought a name. */
  ask(): boolean {
    if (this.#asking.length === 0) this.#asking = [...this.#wanted].slice(0, MOST_AT_ONCE);
    const program = this.#asking.length === 0 ? undefined : this.#getent();
    if (program === undefined) return false;
    const args = ['passwd', ...this.#asking.map(String)];
    const answer = this.#commands.ask('getent passwd', { program, args, limit: LONGEST_ANSWER });
    if (answer === undefined) return false;
    const found = parsePasswd(answer.bytes.toString('utf8'));
    for (const uid of this.#asking) {
      this.#wanted.delete(uid);
      this.#requested.add(uid);
      const name = clean(found.get(uid) ?? '').slice(0, LONGEST_NAME);
      if (name !== '') this.#names.set(uid, name);
    }
    this.#asking = [];
    return found.size > 0;
  }

  #getent(): string | undefined {
    if (!this.#isFound) this.#program = findGetent();
    this.#isFound = true;
    return this.#program;
  }
}

/** getent, where NSS may know more users than /etc/passwd has; undefined where not, or where there is no getent. */
function findGetent(): string | undefined {
  return asksBeyondPasswd(readNsswitch()) ? GETENTS.find((path) => existsSync(path)) : undefined;
}

/** Replaces numbers by names that have arrived. */
export function renameUsers(roster: Roster, nameOf: (uid: number) => string): void {
  for (const row of roster) {
    const { process } = row;
    const number = process?.who.user ?? '';
    if (process === undefined || !/^\d{1,10}$/.test(number)) continue;
    const user = nameOf(Number(number));
    if (user === number) continue;
    amendReading(row, { ...process, who: { ...process.who, user } });
    roster.note(row);
  }
}

function readNsswitch(): string {
  try {
    return readFileSync('/etc/nsswitch.conf', 'utf8');
  } catch {
    return '';
  }
}
