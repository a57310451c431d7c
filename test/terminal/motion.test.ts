import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { motion, motionLength } from '../../src/terminal/motion.ts';
import { VirtualScreen } from '../helpers/virtual-screen.ts';

const COLUMNS = 120;
const ROWS = 30;
const place = fc.record({ row: fc.nat({ max: ROWS - 1 }), column: fc.nat({ max: COLUMNS - 1 }) });
/** Places that are often near to each other. */
const pair = fc.tuple(place, fc.oneof(place, fc.record({ row: fc.nat({ max: 3 }), column: fc.nat({ max: 4 }) })));

describe('moving the cursor', () => {
  it('ends in the cell that is meant, in as many bytes as were counted, and not more than its address takes', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ([from, to]) => {
        const bytes = motion(from, to.row, to.column);
        expect(motionLength(from, to.row, to.column)).toBe(bytes.length);
        expect(bytes.length).toBeLessThanOrEqual(`\u001b[${to.row + 1};${to.column + 1}H`.length);
        const screen = new VirtualScreen(COLUMNS, ROWS);
        await screen.write(`\u001b[${from.row + 1};${from.column + 1}H${bytes}x`);
        expect(screen.cells()[to.row]?.[to.column]?.text).toBe('x');
        expect(screen.lines().join('').trim()).toBe('x');
        screen.dispose();
      }),
      { numRuns: 300 },
    );
  });

  it('from a column that is not known it goes by the address', () => {
    expect(motion({ row: 4, column: -1 }, 4, 2)).toBe('\u001b[5;3H');
    expect(motion({ row: 4, column: -1 }, 6, 0)).toBe('\u001b[7H');
    expect(motionLength({ row: 4, column: -1 }, 6, 0)).toBe(4);
  });
});
