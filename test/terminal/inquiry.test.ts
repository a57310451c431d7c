import { describe, expect, it } from 'vitest';
import { Inquiry } from '../../src/terminal/inquiry.ts';
import type { ReportedColour } from '../../src/terminal/replies.ts';

function requested() {
  const colours: ReportedColour[] = [];
  const clock = { now: 0 };
  const inquiry = new Inquiry(
    () => clock.now,
    (colour) => colours.push(colour),
  );
  return { inquiry, colours, clock };
}
const WHITE = { what: 'background', colour: 'rgb:ff/ff/ff' } as const;

describe('asking the terminal', () => {
  it('asks for the background first and for the attributes, which end the wait, last', () => {
    const { inquiry, colours } = requested();
    expect(inquiry.isWaiting).toBe(false);
    expect(inquiry.begin()).toBe('\u001b]11;?\u0007\u001b[c');
    inquiry.heard(WHITE);
    expect([inquiry.isWaiting, colours]).toEqual([true, [{ red: 1, green: 1, blue: 1 }]]);
    inquiry.heard({ what: 'attributes' });
    expect(inquiry.isWaiting).toBe(false);
  });

  it('passes one colour on for each query, and none without one', () => {
    const { inquiry, colours } = requested();
    inquiry.heard(WHITE);
    expect(colours).toHaveLength(0);
    inquiry.begin();
    for (let times = 0; times < 3; times += 1) inquiry.heard(WHITE);
    expect(colours).toHaveLength(1);
    inquiry.begin();
    inquiry.heard({ what: 'background', colour: 'what?' });
    inquiry.heard(WHITE);
    expect(colours).toHaveLength(2);
  });

  it('queried twice, it waits for both answers', () => {
    const { inquiry } = requested();
    inquiry.begin();
    inquiry.begin();
    inquiry.heard({ what: 'attributes' });
    expect(inquiry.isWaiting).toBe(true);
    inquiry.heard({ what: 'attributes' });
    expect(inquiry.isWaiting).toBe(false);
  });

  it('stops waiting for a terminal that has not answered for three seconds', () => {
    const { inquiry, clock } = requested();
    inquiry.begin();
    clock.now = 2999;
    expect(inquiry.isWaiting).toBe(true);
    clock.now = 3000;
    expect(inquiry.isWaiting).toBe(false);
  });

  it('is settled at once when nothing is awaited, with the answer when it comes, and without one in time', async () => {
    const { inquiry } = requested();
    await inquiry.settled();
    inquiry.begin();
    const settled = inquiry.settled();
    inquiry.heard({ what: 'attributes' });
    await settled;
    inquiry.begin();
    await inquiry.settled();
    expect(inquiry.isWaiting).toBe(false);
  });
});
