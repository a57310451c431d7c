// A stand-in for the screen: a table of fifty memoised rows, drawn as often as asked.

import { Box, Text } from 'ink';
import { createElement, memo } from 'react';
import { renderInto } from './sink.ts';

const blocks = '▁▂▃▄▅▆▇█';

/** A row of text in several colours with a trend, as wide as asked. */
export function rowText(index: number, version: number, width: number): string {
  const trend = Array.from({ length: 24 }, (_, cell) => blocks[(cell * 5 + index + version) % blocks.length]).join('');
  const head = `\u{1b}[36m${String(1000 + index).padStart(7)}\u{1b}[39m root      \u{1b}[1m${String(version * 7 + index).padStart(6)}M\u{1b}[22m `;
  const used = 7 + 11 + 7 + 1;
  const tail = ` \u{1b}[38;5;208m${(index * 1.5).toFixed(1).padStart(6)}\u{1b}[0m /usr/bin/program --number ${index}`;
  const command = tail.padEnd(tail.length + width);
  const visible = width - used - trend.length;
  return `${head}\u{1b}[32m${trend}\u{1b}[39m${command.slice(0, visible + 15)}`;
}

const Row = memo(({ text }: { readonly text: string }) => createElement(Text, { wrap: 'truncate' }, text));

const row = (text: string, index: number) => createElement(Row, { key: index, text });

/** The frame of a given number: a fifth of its rows differ from those of the frame before. */
function Table({ frame, rows, width }: { readonly frame: number; readonly rows: number; readonly width: number }) {
  const texts = Array.from({ length: rows }, (_, index) => rowText(index, Math.floor((frame + index) / 5), width));
  return createElement(Box, { flexDirection: 'column', width, height: rows }, ...texts.map(row));
}

/** Draws a number of frames into a sink, as the program does, and tells what that cost. */
export function draw(
  write: (frame: string) => void,
  frames: number,
  rows = 50,
  width = 160,
): { draw(frame: number): void; end(): void } {
  const element = (frame: number) => createElement(Table, { frame, rows, width });
  const app = renderInto({ columns: width, rows: rows + 1, write }, element(0));
  for (let frame = 1; frame < frames; frame++) app.rerender(element(frame));
  return { draw: (frame) => app.rerender(element(frame)), end: () => app.unmount() };
}
