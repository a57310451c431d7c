// A command gets the agents where they can do no harm, and is left as it is everywhere else.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commandFiles } from '../../../src/agent/launch/command-files.ts';
import { prepareCommand } from '../../../src/agent/launch/prepare.ts';
import { ownFolder } from '../../files/folder.ts';

const folder = ownFolder();
const NODE = /^--require (\S+)\/agent-loader\.cjs$/;

beforeEach(() => {
  mkdirSync(join(folder.path, 'dist/python/site'), { recursive: true });
  for (const file of ['agent-loader.cjs', 'agent.cjs', 'python/memtop_agent.py', 'python/site/sitecustomize.py']) {
    writeFileSync(join(folder.path, 'dist', file), folder.path);
  }
});
const prepare = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  prepareCommand(words, environment, join(folder.path, 'dist'));

describe('the environment of a command', () => {
  it('has both agents', () => {
    const { environment, warnings } = prepare(['node', 'app.js'], { HOME: '/root' });
    expect(environment).toMatchObject({ HOME: '/root', NODE_OPTIONS: expect.stringMatching(NODE) });
    expect(environment['PYTHONPATH']).toMatch(/\/python\/site$/);
    expect(warnings).toEqual([]);
  });

  it('has the one that nothing keeps out, and of the other what was there', () => {
    const node = prepare(['chroot', '/srv', 'node'], { NODE_OPTIONS: '--no-warnings' });
    expect(node.environment).toMatchObject({
      NODE_OPTIONS: '--no-warnings',
      PYTHONPATH: expect.stringMatching(/site$/),
    });
    expect(node.warnings).toHaveLength(1);
    const python = prepare(['python3', '-I', 'app.py']);
    expect(python.environment).not.toHaveProperty('PYTHONPATH');
    expect(python.environment['NODE_OPTIONS']).toMatch(NODE);
  });

  it('has the agents of this version in place of another one’s', () => {
    const { environment } = prepare(['node'], {
      NODE_OPTIONS: '--no-warnings --require /tmp/memtop-run-7-0123456789abcdef/agent-loader.cjs --trace-gc',
      PYTHONPATH: '/a:/tmp/memtop-run-7-0123456789abcdef/python/site:/b',
    });
    expect(environment['NODE_OPTIONS']).toMatch(/^--no-warnings --trace-gc --require \S+$/);
    expect(environment['PYTHONPATH']).toMatch(/^[^:]+\/python\/site:\/a:\/b$/);
    expect(prepare(['node'], environment).environment).toEqual(environment);
  });

  it('that env(1) sets has the agents too', () => {
    const { words } = prepare(['env', 'A=1', 'NODE_OPTIONS=--inspect', 'PYTHONPATH=/a', 'node', 'NODE_OPTIONS=--x']);
    expect(words.slice(0, 2)).toEqual(['env', 'A=1']);
    expect(words[2]).toMatch(/^NODE_OPTIONS=--inspect --require \S+\/agent-loader\.cjs$/);
    expect(words[3]).toMatch(/^PYTHONPATH=\S+\/python\/site:\/a$/);
    expect(words.slice(4)).toEqual(['node', 'NODE_OPTIONS=--x']);
  });

  it('is unchanged where the installation has no agents, with a note to the user', () => {
    const { words, environment, warnings } = prepareCommand(['node'], { A: '1' }, join(folder.path, 'gone'));
    expect({ words, environment }).toEqual({ words: ['node'], environment: { A: '1' } });
    expect(warnings.join()).toMatch(
      /agent-loader\.cjs is missing\. The program runs without an agent\. Install memtop again/,
    );
  });
});

describe('the files of a command', () => {
  it('are found as the shell finds them, and read only where they are plain files with text', () => {
    writeFileSync(join(folder.path, 'script'), '#!/bin/sh\n');
    mkdirSync(join(folder.path, 'empty'));
    const { program, text } = commandFiles(`${join(folder.path, 'empty')}:${folder.path}`);
    expect(program('script')).toBe('#!/bin/sh\n');
    expect(program(join(folder.path, 'script'))).toBe('#!/bin/sh\n');
    expect([program('none'), program(''), text('/dev/zero'), text(folder.path), text(process.execPath)]).toEqual(
      Array(5).fill(undefined),
    );
  });
});
