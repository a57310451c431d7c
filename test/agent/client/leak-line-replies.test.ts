import { describe, expect, it } from 'vitest';
import { checkGrowingContainers, checkSampleHeap } from '../../../src/agent/client/leak-line-replies.ts';

const line = { file: '/app/a.js', line: 3, function: 'fill', bytes: 100, count: 2, stack: ['main (/app/a.js:9)'] };
const container = { name: 'a.js: seen', type: 'Map', entries: 50, grown: 20 };

describe('an answer about what holds memory', () => {
  it('is taken as it is when it is true, largest growth first', () => {
    const more = { ...line, bytes: 200 };
    expect(checkSampleHeap({ lines: [line, more], seconds: 2, bytes: 400 })).toEqual({
      value: { lines: [more, line], seconds: 2, bytes: 400 },
    });
    expect(checkGrowingContainers({ containers: [container], seconds: 2, pauseMs: 5, note: 'So.' })).toEqual({
      value: { containers: [container], seconds: 2, pauseMs: 5, note: 'So.' },
    });
  });

  it('has its texts cleaned and cut', () => {
    const hostile = `\u001b[31m\u202e${'x'.repeat(10_000)}\n`;
    const lines = [{ ...line, file: hostile, function: hostile, stack: Array(500).fill(hostile) }];
    const sampled = checkSampleHeap({ lines, seconds: 1, note: hostile });
    const grown = checkGrowingContainers({ containers: [{ ...container, name: hostile, type: hostile }], seconds: 1 });
    const text = JSON.stringify([sampled, grown]);
    expect(text).not.toMatch(/\\u001b|\u202e|\\n/);
    expect(text.length).toBeLessThan(6_000);
    expect('value' in sampled && sampled.value.lines[0]?.stack).toHaveLength(8);
  });

  it('has ten entries at most', () => {
    const grown = checkGrowingContainers({ containers: Array(1000).fill(container), seconds: 1 });
    expect('value' in grown && grown.value.containers).toHaveLength(10);
    const sampled = checkSampleHeap({ lines: Array(1000).fill(line), seconds: 1 });
    expect('value' in sampled && sampled.value.lines).toHaveLength(10);
  });

  it.each([
    [checkSampleHeap, null],
    [checkSampleHeap, { lines: [{ ...line, bytes: 5_000 }], seconds: 1 }],
    [checkSampleHeap, { lines: [{ ...line, bytes: -1 }], seconds: 1 }],
    [checkSampleHeap, { lines: [{ ...line, file: '' }], seconds: 1 }],
    [checkSampleHeap, { lines: ['x'], seconds: 1 }],
    [checkSampleHeap, { lines: [], seconds: 1e9 }],
    [checkSampleHeap, { lines: [], seconds: 1, bytes: 5_000 }],
    [checkGrowingContainers, []],
    [checkGrowingContainers, { containers: [{ ...container, entries: 5_000 }], seconds: 1 }],
    [checkGrowingContainers, { containers: [{ ...container, grown: 60 }], seconds: 1 }],
    [checkGrowingContainers, { containers: [{ ...container, type: 4 }], seconds: 1 }],
    [checkGrowingContainers, { containers: [], seconds: Number.NaN }],
  ])('is refused when it cannot be true (%#)', (check, value) => {
    expect(check(value, 1_000)).toHaveProperty('fault');
  });
});
