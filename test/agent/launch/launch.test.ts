import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { agentFilesIn, withAgentVariables } from '../../../src/agent/launch/launch.ts';
import { Programs } from '../../helpers/programs.ts';

const programs = new Programs();
const FILES = { node: '/opt/memtop/agent.cjs', pythonSite: '/opt/memtop/python/site' };

afterEach(() => programs.end());

describe('the environment of a command that is to have an agent', () => {
  it('keeps what is there', () => {
    const environment = withAgentVariables(
      { HOME: '/root', NODE_OPTIONS: '--no-warnings', PYTHONPATH: '/my/lib:/other' },
      FILES,
    );
    expect(environment).toEqual({
      HOME: '/root',
      NODE_OPTIONS: '--no-warnings --require /opt/memtop/agent.cjs',
      PYTHONPATH: '/opt/memtop/python/site:/my/lib:/other',
    });
  });

  it('takes an empty variable for none', () => {
    expect(withAgentVariables({ NODE_OPTIONS: ' ', PYTHONPATH: '' }, FILES)).toEqual({
      NODE_OPTIONS: '--require /opt/memtop/agent.cjs',
      PYTHONPATH: '/opt/memtop/python/site',
    });
  });

  it('is not changed by a second time', () => {
    const once = withAgentVariables({ NODE_OPTIONS: '--no-warnings' }, FILES);
    expect(withAgentVariables(once, FILES)).toEqual(once);
  });

  it('leaves Python alone where PYTHONPATH cannot contain the path', () => {
    expect(withAgentVariables({ PYTHONPATH: '/a' }, { ...FILES, pythonSite: '/odd:place/site' })['PYTHONPATH']).toBe(
      '/a',
    );
  });

  it('loads a file from a folder with spaces, quotes and backslashes in its name', () => {
    const folder = join(programs.folder(), 'a "b" \\c d');
    mkdirSync(folder);
    const node = join(folder, 'agent.cjs');
    writeFileSync(node, 'process.stdout.write("LOADED ")');
    const { NODE_OPTIONS } = withAgentVariables({ NODE_OPTIONS: '--no-warnings' }, { ...FILES, node });
    const { stdout, stderr } = spawnSync(process.execPath, ['-p', '1'], { env: { NODE_OPTIONS }, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe('LOADED 1\n');
  });
});

describe('the files of the agents', () => {
  it('are all there before anything is set', () => {
    const folder = programs.folder();
    expect(() => agentFilesIn(folder)).toThrow(/agent\.cjs is missing/);
    writeFileSync(join(folder, 'agent.cjs'), '');
    expect(() => agentFilesIn(folder)).toThrow(/sitecustomize\.py is missing/);
    mkdirSync(join(folder, 'python/site'), { recursive: true });
    writeFileSync(join(folder, 'python/site/sitecustomize.py'), '');
    expect(() => agentFilesIn(folder)).toThrow(/memtop_agent\.py is missing/);
    writeFileSync(join(folder, 'python/memtop_agent.py'), '');
    expect(agentFilesIn(folder)).toEqual({ node: join(folder, 'agent.cjs'), pythonSite: join(folder, 'python/site') });
  });
});
