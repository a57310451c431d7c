// Records a made-up day for each line on stdin, which names the file, and answers with the bytes and the CPU milliseconds it took.
import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { MemberWriter } from '../../src/recording/member-writer.ts';
import { day } from '../recorded-day.ts';

async function recordDay(file: string): Promise<void> {
  const descriptor = openSync(file, 'w', 0o600);
  const before = process.cpuUsage();
  const writer = new MemberWriter();
  let bytes = 0;
  for (const snapshot of day()) bytes += writeSync(descriptor, await writer.add(snapshot));
  bytes += writeSync(descriptor, await writer.end());
  const { user, system } = process.cpuUsage(before);
  closeSync(descriptor);
  process.stdout.write(`${bytes} ${(user + system) / 1000}\n`);
}

createInterface(process.stdin).on('line', (file) => void recordDay(file));
