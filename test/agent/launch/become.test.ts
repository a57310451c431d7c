// memtop becomes only what execve(2) is sure to take: a failure would end it with a core dump.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canBecome } from '../../../src/agent/launch/become.ts';
import { programFile } from '../../../src/agent/launch/program-file.ts';
import { ownFolder } from '../../files/folder.ts';

const folder = ownFolder();
const at = (name: string) => join(folder.path, name);
function script(name: string, text: string, mode = 0o755): string {
  writeFileSync(at(name), text);
  chmodSync(at(name), mode);
  return at(name);
}
const can = (file: string, environment = {}) => canBecome(file, ['x'], environment);

describe('memtop can become', () => {
  it('programs of this machine, and scripts whose interpreter is one', () => {
    expect(can(process.execPath)).toBe(true);
    expect(can(script('plain', '#!/bin/sh\n'))).toBe(true);
    expect(can(script('spaced', '#! /usr/bin/env node\n'))).toBe(true);
    expect(can(script('twice', `#!${at('plain')}\n`))).toBe(true);
  });

  it('nothing that execve(2) would refuse', () => {
    expect(can(script('bare', 'echo no first line\n'))).toBe(false);
    expect(can(script('lost', '#!/nowhere/interpreter\n'))).toBe(false);
    expect(can(script('endless', `#!${at('endless')}\n`))).toBe(false);
    expect(can(script('closed', '#!/bin/sh\n', 0o644))).toBe(false);
    expect(can(script('empty', ''))).toBe(false);
    expect(can(script('cut', '\x7fELF'))).toBe(false);
    expect(can(folder.path)).toBe(false);
    expect(can(at('none'))).toBe(false);
  });

  it('no program of another machine, or with a dynamic linker that is not there', () => {
    const head = Buffer.alloc(4096);
    head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    head.writeUInt16LE(0xffff, 18);
    writeFileSync(at('other'), head, { mode: 0o755 });
    expect(can(at('other'))).toBe(false);
    head.writeUInt16LE(process.arch === 'arm64' ? 183 : 62, 18);
    head.writeBigUInt64LE(64n, 32); // one program header of 56 bytes
    head.writeUInt16LE(56, 54);
    head.writeUInt16LE(1, 56);
    head.writeUInt32LE(3, 64); // PT_INTERP
    head.writeBigUInt64LE(200n, 72);
    head.writeBigUInt64LE(BigInt('/nowhere/ld.so\0'.length), 96);
    head.write('/nowhere/ld.so\0', 200, 'latin1');
    writeFileSync(at('unlinked'), head, { mode: 0o755 });
    expect(can(at('unlinked'))).toBe(false);
  });

  it('nothing with more arguments and environment than every Linux takes', () => {
    expect(can(process.execPath, { LONG: 'x'.repeat(200_000) })).toBe(false);
  });
});

describe('the file of a program', () => {
  it('is the first in PATH that may be executed', () => {
    for (const name of ['one', 'two']) mkdirSync(at(name));
    script('one/tool', '#!/bin/sh\n', 0o644);
    script('two/tool', '#!/bin/sh\n');
    expect(programFile('tool', `${at('one')}:${at('two')}`)).toBe(at('two/tool'));
    expect(programFile(at('two/tool'), undefined)).toBe(at('two/tool'));
    expect([programFile('tool', `:${at('two')}`), programFile('', at('two')), programFile('none', at('two'))]).toEqual(
      Array(3).fill(undefined),
    );
  });
});
