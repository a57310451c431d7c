// Writes a heap snapshot only where its owner may: never through a link, never over a file.
import type { Stats as FileStats } from 'node:fs';
import { type HeapSnapshotParams, type HeapSnapshotResult, ProtocolError } from '../../protocol/protocol.ts';
import { readDirectory } from '../runtime/params.ts';
import { milliseconds, rounded } from '../runtime/time.ts';

/** Opening the program's heap to other users is worse than a failure: owner only. */
const FILE_MODE = 0o600;

/**
 * Writes the heap into a new file of the directory and resolves when it is complete. The program is paused while V8
 * takes the snapshot, which needs about as much memory again as the heap; it runs on while the file is written.
 */
export async function writeHeapSnapshot(params: HeapSnapshotParams): Promise<HeapSnapshotResult> {
  const begun = milliseconds();
  const directory = readDirectory(params.directory).replace(/\/{1,64}$/, '') || '/';
  const name = `memtop-${process.pid}-${Date.now()}.heapsnapshot`;
  const file = createFile(directory, name);
  try {
    const bytes = await pour(file.descriptor);
    return { path: `${directory === '/' ? '' : directory}/${name}`, bytes, ms: rounded(milliseconds() - begun) };
  } catch (error) {
    file.remove();
    throw new ProtocolError('internal', `The heap snapshot could not be written (${codeOf(error)}).`);
  } finally {
    file.close();
  }
}

interface NewFile {
  readonly descriptor: number;
  /** Removes an unfinished file through the open folder, whatever its path means now. */
  remove(): void;
  /** Closes the folder. */
  close(): void;
}

function createFile(directory: string, name: string): NewFile {
  const fs = require('node:fs') as typeof import('node:fs');
  const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = fs.constants;
  let folder: number | undefined;
  try {
    folder = fs.openSync(directory, O_RDONLY | (O_DIRECTORY ?? 0) | (O_NOFOLLOW ?? 0));
    refuseForeign(fs.fstatSync(folder));
    // Through the descriptor, so that a link put in the directory's place meanwhile is not followed.
    const path = `${process.platform === 'linux' ? `/proc/self/fd/${folder}` : directory}/${name}`;
    const flags = O_CREAT | O_EXCL | O_WRONLY | (O_NOFOLLOW ?? 0);
    const descriptor = fs.openSync(path, flags, FILE_MODE);
    const held = folder;
    return { descriptor, remove: () => removeQuietly(path), close: () => fs.closeSync(held) };
  } catch (error) {
    if (folder !== undefined) fs.closeSync(folder);
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError('refused', `Cannot create a file in that directory (${codeOf(error)}).`);
  }
}

function removeQuietly(path: string): void {
  const fs = require('node:fs') as typeof import('node:fs');
  try {
    fs.unlinkSync(path);
  } catch {
    // Another process was faster.
  }
}

function refuseForeign(facts: FileStats): void {
  if (!facts.isDirectory()) throw new ProtocolError('refused', 'Not a directory.');
  if (process.geteuid !== undefined && facts.uid !== process.geteuid()) {
    throw new ProtocolError('refused', 'The directory belongs to another user than the program.');
  }
}

function pour(descriptor: number): Promise<number> {
  const fs = require('node:fs') as typeof import('node:fs');
  const { getHeapSnapshot } = require('node:v8') as typeof import('node:v8');
  return new Promise((resolve, reject) => {
    const heap = getHeapSnapshot();
    const file = fs.createWriteStream('', { fd: descriptor });
    heap.on('error', (error) => file.destroy(error));
    file.on('error', reject);
    file.on('close', () => resolve(file.bytesWritten));
    heap.pipe(file);
  });
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown reason';
}
