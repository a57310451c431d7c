import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as Shipped from '../../../src/agent/node/agent.cjs';
import type * as Written from '../../../src/agent/node/agent.ts';

describe('the types of memtop/agent', () => {
  it('take the same parameters and promise nothing the agent does not give', () => {
    expectTypeOf<Parameters<typeof Shipped.collect>>().toEqualTypeOf<Parameters<typeof Written.collect>>();
    expectTypeOf<Awaited<ReturnType<typeof Written.collect>>>().toExtend<Shipped.CollectResult>();
    expectTypeOf<ReturnType<typeof Written.stats>>().toExtend<Shipped.Stats>();
    expectTypeOf<keyof typeof Written>().toEqualTypeOf<'collect' | 'stats'>();
  });

  it('name every number that the agent reports for a Node program, and need no other file', () => {
    const text = readFileSync(new URL('../../../src/agent/node/agent.d.cts', import.meta.url), 'utf8');
    const reported = readFileSync(new URL('../../../src/agent/node/runtime/stats.ts', import.meta.url), 'utf8');
    expect(text).not.toMatch(/\bimport\b|\breference\b/);
    const names = [
      'rss',
      'heapUsed',
      'heapTotal',
      'heapLimit',
      'external',
      'arrayBuffers',
      'workers',
      'sinceCollect',
      'uptime',
    ];
    for (const name of names)
      expect([name, text.includes(`readonly ${name}`), reported.includes(name)]).toEqual([name, true, true]);
  });
});
