// What keeps an agent out of a command is found in its words, its scripts and the environment.
import { describe, expect, it } from 'vitest';
import { obstaclesIn, type Readable } from '../../../src/agent/launch/obstacles.ts';

const files = (texts: Readonly<Record<string, string>>): Readable => ({
  text: (path) => texts[path],
  program: (name) => texts[name],
});
const found = (words: string, texts = {}, nodeOptions?: string) =>
  obstaclesIn(words.split(' '), nodeOptions, files(texts));

describe('another root folder', () => {
  it.each([
    ['chroot /srv node app.js', 'chroot'],
    ['/usr/sbin/chroot /srv node app.js', 'chroot'],
    ['sudo nsenter -t 1 -m node app.js', 'nsenter'],
    ['sh -c cd /;exec chroot . node', 'chroot'],
    ['bwrap --ro-bind / / node app.js', 'bwrap'],
  ])('%s', (words, name) => expect(found(words).node).toMatch(new RegExp(`^${name} hides the agent's file`)));

  it('in a script that a shell is given, by name or by its first line', () => {
    const texts = { './deploy.sh': '#!/bin/sh\nchroot /srv node app.js\n', 'deploy.sh': 'chroot /srv node\n' };
    expect(found('./deploy.sh', texts).node).toMatch(/^chroot/);
    expect(found('bash -e deploy.sh', texts).node).toMatch(/^chroot/);
  });

  it('is not seen where the word means something else', () => {
    for (const words of ['node app.js --chroot', 'node chroot-all.js', 'node mychroot', 'vim not-a-chroot.txt']) {
      expect(found(words)).toEqual({});
    }
    expect(found('node app.js', { 'app.js': 'chroot(2)' })).toEqual({});
  });
});

describe('Node’s permission model', () => {
  it.each(['node --permission app.js', 'node --experimental-permission --allow-fs-read=/srv app.js'])('%s', (words) => {
    expect(found(words).node).toMatch(/permission blocks the agent, .* add --allow-fs-read=\* --allow-fs-write=\*/);
  });

  it('in NODE_OPTIONS, and in the scripts of a package', () => {
    expect(found('node app.js', {}, '--permission').node).toMatch(/^--permission/);
    const texts = { 'package.json': '{"scripts":{"start":"node --permission app.js"}}' };
    expect(found('npm start', texts).node).toMatch(/^--permission/);
    expect(found('node app.js', texts)).toEqual({});
  });

  it('does not block the agent when every file may be read', () => {
    expect(found('node --permission --allow-fs-read=* --allow-fs-write=* app.js')).toEqual({});
  });
});

describe('Python without sitecustomize', () => {
  it.each([
    ['python3 -I app.py', '-I'],
    ['/usr/bin/python3.13 -u -Es app.py', '-E'],
    ['python -W ignore -S app.py', '-S'],
    ['env python3 -BI -m http.server', '-I'],
  ])('%s', (words, flag) => {
    expect(found(words).python).toMatch(new RegExp(` ${flag} blocks the agent, so it runs without one. Omit ${flag}`));
  });

  it('in the first line of a script', () => {
    expect(found('./app', { './app': '#!/usr/bin/python3 -Es\n' }).python).toMatch(/^python3 -E blocks the agent/);
  });

  it('is not seen in what follows -c and -m, or belongs to the script', () => {
    for (const words of [
      'python3 -c -I',
      'python3 -m mod -S',
      'python3 app.py -I',
      'python3 -uX dev app.py -E',
      'node -I',
    ]) {
      expect(found(words)).toEqual({});
    }
  });
});
