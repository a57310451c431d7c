import { describe, expect, it } from 'vitest';
import { concludeCollection, type MeasuredCollection } from '../../../src/model/collection/collection.ts';
import { collectionLines } from '../../../src/model/collection/report.ts';

const MB = 2 ** 20;

const measured: MeasuredCollection = {
  pid: 1311,
  runtime: 'node',
  level: 'reclaim',
  rounds: 2,
  steps: [
    { name: 'last-resort', ms: 200, rss: 70 * MB },
    { name: 'last-resort', ms: 12.25, rss: 60 * MB },
    { name: 'workers', ms: 40, rss: 58 * MB, workers: 2 },
  ],
  before: { rss: 182 * MB, heapUsed: 148 * MB, external: MB },
  after: { rss: 57 * MB, heapUsed: 11 * MB, external: MB },
  rssBefore: 182 * MB,
  curve: [
    { ms: 0, rss: 182 * MB },
    { ms: 100, rss: 120 * MB },
    { ms: 2212, rss: 57 * MB },
  ],
};

describe('a collection', () => {
  it('computes what was freed, what was returned to the system, and how long the program was stopped', () => {
    const collection = concludeCollection(measured);
    expect(collection).toMatchObject({
      verdict: 'garbage',
      freed: 137 * MB,
      returned: 125 * MB,
      pauseMs: 212.3,
      rounds: 2,
    });
  });

  it('uses RSS for what was freed where the runtime reports no heap', () => {
    const { rss } = measured.before;
    const collection = concludeCollection({
      ...measured,
      runtime: 'python',
      before: { rss },
      after: { rss: rss - 5 },
      unreachable: 1,
      ...{ steps: [], curve: [] },
    });
    expect(collection).toMatchObject({ freed: 5, returned: 5, verdict: 'retained' });
  });

  it('is refused when the agent reports an impossible step', () => {
    expect(concludeCollection({ ...measured, steps: [{ name: 'trim', ms: -1, rss: 5 }] })).toBeUndefined();
    expect(concludeCollection({ ...measured, steps: [{ name: 'trim', ms: 1, rss: Number.NaN }] })).toBeUndefined();
  });

  it('is shown with bars on one scale, the verdict as text, and a next step', () => {
    const collection = concludeCollection(measured);
    expect(
      collection && collectionLines(collection, 'node server.js', { ascii: false, width: 80 }),
    ).toMatchInlineSnapshot(`
      [
        "collect  node server.js (1311)  reclaim, 2 rounds, paused 212 ms",
        "  heap  ██████████████████ 148M  → █▍ 11.0M                 −137M",
        "  RSS   ██████████████████ 182M  → █████▋ 57.0M             −125M  after 2 s",
        "  RSS over 2.2 s  ▇▅▃",
        "  GARBAGE: 92% of what objects held (130M of 142M) was unreachable, and",
        "  anonymous memory fell by 125M to 17.0M. It is not a leak: the collector had no",
        "  reason to run yet.",
        "  Next: Use a rule that collects when memory is low.",
      ]
    `);
  });

  it('counts what worker threads held, and shows it on a separate line', () => {
    const steps = [{ name: 'workers', ms: 40, rss: 58 * MB, workers: 2, heldBefore: 90 * MB, heldAfter: 7 * MB }];
    const collection = concludeCollection({ ...measured, steps });
    expect(collection).toMatchObject({
      before: { workers: 90 * MB },
      after: { workers: 7 * MB },
      freed: (137 + 83) * MB,
    });
    expect(collection && collectionLines(collection, 'node', { ascii: true })).toContainEqual(
      expect.stringMatching(/^ {2}wrk\. {2}#+ 90\.0M +-> ##? 7\.00M +-83\.0M$/),
    );
  });

  it('goes by the lowest reading, of steps and of the curve', () => {
    const steps = [{ name: 'last-resort', ms: 250, rss: 50 * MB }];
    const curve = [
      { ms: 0, rss: 182 * MB, anonymous: 140 * MB },
      { ms: 100, rss: 60 * MB, anonymous: 19 * MB },
    ];
    const collection = concludeCollection({ ...measured, steps, curve });
    expect(collection?.lowest).toEqual({ rss: 50 * MB, anonymous: 8 * MB, ms: 250 });
  });

  it('goes by the least that objects held, though the program has grown again before all steps were over', () => {
    const steps = [{ name: 'last-resort', ms: 250, rss: 50 * MB, held: 5 * MB }];
    const after = { rss: 180 * MB, heapUsed: 150 * MB, external: MB };
    expect(concludeCollection({ ...measured, steps, after })).toMatchObject({ verdict: 'garbage', freed: 144 * MB });
  });

  it('is shown in ASCII where nothing else can be', () => {
    const collection = concludeCollection(measured);
    const text = (collection ? collectionLines(collection, 'node server.js', { ascii: true }) : []).join('\n');
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(text).toContain('RSS   #################### 182M  -> ###### 57.0M');
  });
});
