// Files of attaching, in a folder of the user: a lock while memtop opens an inspector, and a record until it is closed.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Processes } from '../../agent/client/finding/processes.ts';
import { openFolder } from '../../agent/client/finding/socket-file.ts';
import { folderCandidates, type ListeningPlace } from '../../agent/protocol/folders.ts';
import { removeFrom } from '../../files/remove.ts';
import { writeFile } from '../../files/write.ts';

const LOCK = 'attach.lock';
const RECORD = /^(\d{1,10})-(\d{1,20})\.attaching$/;

/** Milliseconds between two tries to take the lock. */
const TRY_EVERY = 30;

/** An inspector that memtop opened and has not seen closed. */
export interface Opened {
  readonly pid: number;
  readonly startTime: number;
}

/**
 * In the first folder of the user's agents that can be written to. A name that any user could take, such as an abstract
 * socket's, would let them stop everyone from attaching.
 */
export class Traces {
  readonly #place: ListeningPlace;
  readonly #processes: Processes;

  constructor(place: ListeningPlace, processes: Processes) {
    this.#place = place;
    this.#processes = processes;
  }

  /**
   * Takes the lock, which only makes users wait: two processes that open their inspectors at once would want one port.
   * What is done under it is proved all the same. Settles with what releases it; undefined when another memtop
   * of this user held it for `within` milliseconds. Where no folder can be written to there is no lock.
   */
  async lock(within: number): Promise<(() => void) | undefined> {
    const deadline = performance.now() + within;
    for (;;) {
      const taken = this.#write(LOCK);
      if (taken !== 'taken') return () => this.#remove(LOCK);
      this.#removeWhere((name) => name === LOCK);
      if (performance.now() > deadline) return undefined;
      await pause(TRY_EVERY);
    }
  }

  /** Notes that the inspector of a process is about to be opened. */
  begin(opened: Opened): void {
    this.#remove(nameOf(opened));
    this.#write(nameOf(opened));
  }

  /** It is closed. The record of another memtop about the same process stays. */
  end(opened: Opened): void {
    this.#remove(nameOf(opened));
  }

  /** The process that records that it is attaching to this one; undefined without one, or when it has exited. */
  makerOf(opened: Opened): number | undefined {
    let by: number | undefined;
    this.#each((folder, names) => {
      const name = nameOf(opened);
      if (!names.includes(name)) return;
      const content = readFileSync(`${folder.path}/${name}`, 'utf8');
      if (!this.#hasEnded(content)) by = Number(content.split(' ')[0]);
    });
    return by;
  }

  /** Whether a memtop of this user opened the inspector of a process and did not see it closed. */
  isOurs(opened: Opened): boolean {
    return this.all().some(({ pid, startTime }) => pid === opened.pid && startTime === opened.startTime);
  }

  /** All that were opened and not seen closed, of processes that are still there. */
  all(): Opened[] {
    const opened: Opened[] = [];
    this.#removeWhere((name) => {
      const one = openedOf(name);
      if (one === undefined) return false;
      if (this.#processes.startTime(one.pid) !== one.startTime) return true;
      opened.push(one);
      return false;
    });
    return opened;
  }

  /** The content identifies its creator, so that a lock of an exited process can be taken over. */
  #write(name: string): 'written' | 'taken' | 'nowhere' {
    const content = `${process.pid} ${this.#processes.startTime(process.pid) ?? ''}\n`;
    for (const { folder } of folderCandidates(this.#place)) {
      try {
        writeFile(`${folder}/${name}`, content, { choice: 'own' });
        return 'written';
      } catch {
        if (this.#contentOf(folder, name) !== undefined) return 'taken';
      }
    }
    return 'nowhere';
  }

  #contentOf(folder: string, name: string): string | undefined {
    const opened = openFolder('', folder, this.#place.uid);
    if ('fault' in opened) return undefined;
    try {
      return readFileSync(`${opened.path}/${name}`, 'utf8');
    } catch {
      return undefined;
    } finally {
      opened.close();
    }
  }

  /** Removes a file that this process, or one that has exited, wrote under a name. */
  #remove(name: string): void {
    this.#each((folder, names) => {
      if (!names.includes(name)) return;
      const content = readFileSync(`${folder.path}/${name}`, 'utf8');
      if (content.startsWith(`${process.pid} `) || this.#hasEnded(content)) removeFrom(folder, name);
    });
  }

  /** Removes the chosen files, and others whose creator has exited. */
  #removeWhere(isOver: (name: string) => boolean): void {
    this.#each((folder, names) => {
      for (const name of names) {
        if (!isOver(name)) continue;
        if (name !== LOCK || this.#hasEnded(readFileSync(`${folder.path}/${name}`, 'utf8'))) removeFrom(folder, name);
      }
    });
  }

  #hasEnded(content: string): boolean {
    const [, pid = '', startTime = ''] = /^(\d{1,10}) (\d{0,20})\n$/.exec(content) ?? [];
    return pid === '' || String(this.#processes.startTime(Number(pid)) ?? '') !== startTime;
  }

  #each(visit: (folder: { readonly path: string; close(): void }, names: readonly string[]) => void): void {
    for (const { folder } of folderCandidates(this.#place)) {
      const opened = openFolder('', folder, this.#place.uid);
      if ('fault' in opened) continue;
      try {
        visit(
          opened,
          readdirSync(opened.path).filter((name) => name === LOCK || RECORD.test(name)),
        );
      } catch {
        // It was removed in the meantime.
      } finally {
        opened.close();
      }
    }
  }
}

function nameOf({ pid, startTime }: Opened): string {
  return `${pid}-${startTime}.attaching`;
}

function openedOf(name: string): Opened | undefined {
  const [, pid, startTime] = RECORD.exec(name) ?? [];
  return pid === undefined || startTime === undefined ? undefined : { pid: Number(pid), startTime: Number(startTime) };
}
