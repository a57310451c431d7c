// The agents are copied to where every user can read them, and stay there.
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyAgents, FRESH } from '../../../src/agent/launch/copy.ts';
import { ownFolder } from '../../files/folder.ts';

const folder = ownFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const mode = (path: string) => statSync(path).mode & 0o777;

/** Agents as the build leaves them. */
function built(text = 'agent'): string {
  mkdirSync(at('dist/python/site'), { recursive: true });
  for (const file of ['agent-loader.cjs', 'agent.cjs', 'python/memtop_agent.py', 'python/site/sitecustomize.py']) {
    writeFileSync(at('dist', file), `${text} ${file}`);
  }
  for (const place of ['first', 'second']) mkdirSync(at(place), { recursive: true });
  return at('dist');
}
const copy = () => copyAgents(at('dist'), [at('first'), at('second')]);

describe('a copy of the agents', () => {
  it('can be read by all users and changed by its owner only, whatever the umask is', () => {
    built();
    const before = process.umask(0o077);
    try {
      const { node, pythonSite } = copy();
      expect(node).toMatch(/\/first\/memtop-run-\d+-[0-9a-f]{16}\/agent-loader\.cjs$/);
      expect(readFileSync(join(dirname(node), 'agent.cjs'), 'utf8')).toBe('agent agent.cjs');
      expect([dirname(node), pythonSite, dirname(pythonSite)].map(mode)).toEqual([0o755, 0o755, 0o755]);
      expect([node, join(dirname(node), 'agent.cjs'), join(pythonSite, 'sitecustomize.py')].map(mode)).toEqual([
        0o644, 0o644, 0o644,
      ]);
    } finally {
      process.umask(before);
    }
  });

  it('is one for each version: the same again for the same files, another for others', () => {
    built();
    const first = copy();
    expect(first.isNew).toBe(true);
    expect(copy()).toEqual({ ...first, isNew: false });
    built('newer');
    expect(copy().node).not.toBe(first.node);
    expect(readFileSync(first.node, 'utf8')).toBe('agent agent-loader.cjs');
  });

  it('stays when the installation goes', () => {
    built();
    const { node } = copy();
    rmSync(at('dist'), { recursive: true });
    expect(readFileSync(node, 'utf8')).toBe('agent agent-loader.cjs');
  });

  it('is mended where a file is gone or is another one, and written again when it is a day old', () => {
    built();
    const { node } = copy();
    rmSync(node);
    writeFileSync(join(dirname(node), 'agent.cjs'), 'agent agent.cjX');
    copy();
    expect(readFileSync(node, 'utf8')).toBe('agent agent-loader.cjs');
    expect(readFileSync(join(dirname(node), 'agent.cjs'), 'utf8')).toBe('agent agent.cjs');
    const old = (Date.now() - FRESH - 1000) / 1000;
    utimesSync(node, old, old);
    copy();
    expect(Date.now() - statSync(node).mtimeMs).toBeLessThan(FRESH / 2);
  });

  it('goes elsewhere where something of another kind has its name', () => {
    built();
    const { node } = copy();
    rmSync(dirname(node), { recursive: true });
    symlinkSync(at('second'), dirname(node));
    expect(copy().node).toMatch(/\/first\/memtop-run-\d+-[0-9a-f]{16}-[0-9a-f]+\/agent-loader\.cjs$/);
  });

  it('goes to the next place where another user could change the first', () => {
    built();
    chmodSync(at('first'), 0o777);
    expect(copy().node).toMatch(/\/second\/memtop-run-/);
  });

  it('is refused with an explanation when no folder can be used, or a file of the agents is missing', () => {
    built();
    expect(() => copyAgents(at('dist'), ['/proc', at('nowhere/\0')])).toThrow(/Cannot copy the agents/);
    rmSync(at('dist/agent.cjs'));
    expect(copy).toThrow(/agent\.cjs is missing/);
  });
});
