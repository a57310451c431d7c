// /etc/passwd: names of users by their uid (passwd(5)), read again when it has changed; other users are looked up in NSS.
import { readFileSync, statSync } from 'node:fs';

/** Names by uid. Where one uid has several lines the first is its name, as for getpwuid(3). */
export function parsePasswd(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , digits] = line.split(':', 3);
    if (!name || !digits || !/^\d{1,10}$/.test(digits)) continue;
    const uid = Number(digits);
    if (!names.has(uid)) names.set(uid, name);
  }
  return names;
}

/** How long an unknown uid stays unknown before the file's date is compared again, in milliseconds. */
const RECHECK = 10_000;

/** Another source of names, which may answer later. */
export interface NameService {
  nameOf(uid: number): string | undefined;
}

/** The users of one root, read when the first name is needed. */
export class UserNames {
  readonly #path: string;
  readonly #nss: NameService | undefined;
  #names: ReadonlyMap<number, string> = new Map();
  #changedAt = Number.NaN;
  #checkedAt = Number.NEGATIVE_INFINITY;

  /** @param nss where names missing from the file are looked up; absent for the users of another root */
  constructor(path: string, nss?: NameService) {
    this.#path = path;
    this.#nss = nss;
  }

  /** The name of a user, or the uid as digits while no name is known. `now` is monotonic milliseconds. */
  nameOf(uid: number, now: number): string {
    const known = this.#names.get(uid);
    if (known !== undefined) return known;
    if (now - this.#checkedAt >= RECHECK) this.#refresh(now);
    return this.#names.get(uid) ?? this.#nss?.nameOf(uid) ?? String(uid);
  }

  #refresh(now: number): void {
    this.#checkedAt = now;
    try {
      const changedAt = statSync(this.#path).mtimeMs;
      if (changedAt === this.#changedAt) return;
      this.#names = parsePasswd(readFileSync(this.#path, 'utf8'));
      this.#changedAt = changedAt;
    } catch {
      // No database in this root: users go by their numbers.
    }
  }
}
