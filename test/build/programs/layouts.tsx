// Layouts that try everything Ink can draw, for comparing frames drawn with and without the stand-ins for its files.

import { Box, Text, Transform } from 'ink';
import { Children, type ReactElement, type ReactNode } from 'react';
import { rowText } from './screen.ts';
import { renderInto } from './sink.ts';

/** A number from 0 up to, not including, the limit: the same one for the same seed. */
function pick(seed: number, limit: number): number {
  return (Math.imul(seed + 1, 2_654_435_761) >>> 8) % limit;
}

const colours = ['red', 'green', '#ff8800', 'blueBright', 'ansi256(120)', undefined] as const;
const borders = ['single', 'double', 'round', 'bold', 'classic'] as const;
const wraps = ['wrap', 'hard', 'truncate', 'truncate-start', 'truncate-middle'] as const;
const wide = ['日本語のプロセス', '한국어', 'ｱｲｳ ﾞﾟ', '𠮷野家', '全角ＡＢＣ'];
const emoji = ['👩‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪🇫🇷', '1️⃣#️⃣', '👍🏽', '❤️', '❤', '☺︎', '🧑‍💻 works', '⌚▶️◀'];
const marks = ['e\u0301', 'a\u0300\u0323', 'नमस्ते', 'ก็ำ', 'Z͑ͫ̓a̴l̵go', '\u0301alone'];
const escapes = [
  '\u{1b}[31mred\u{1b}[39m plain',
  '\u{1b}[1;3;38;5;208mmany\u{1b}[0m none',
  '\u{1b}[7munclosed inverse',
  '\u{1b}[48;2;10;20;30m  \u{1b}[49m',
  '\u{1b}[01;31mpadded\u{1b}[m empty',
  '\u{1b}[5;21mblink and twice\u{1b}[25;24m',
  '\u{1b}[4:3mcurly\u{1b}[24m',
  '\u{1b}[1m\u{1b}[2mboth\u{1b}[22mneither',
  '\u{1b}[2Jcleared\u{1b}[10;10Hmoved',
  '\u{1b}[38;5mcut off',
  'a\u{1b}[31m\u{1b}[39mb',
];
const controls = [
  'a\u0000b\u0007c',
  '\u009b31mC1',
  '\u{1b}]0;title\u0007after',
  '\u{1b}]52;c;aGk=',
  '\u202eabc\u202c',
  'soft\u00adhyphen',
  '\u200bzero',
];

function Frame({ seed, children }: { readonly seed: number; readonly children: ReactNode }) {
  const colour = colours[pick(seed, colours.length)];
  return (
    <Box
      borderStyle={borders[pick(seed, borders.length)] ?? 'single'}
      {...(colour === undefined ? {} : { borderColor: colour })}
    >
      {children}
    </Box>
  );
}

/** One text of a list, taken by the seed. */
const from = (texts: readonly string[], seed: number): string => texts[pick(seed, texts.length)] ?? '';

const asText = (text: string) => <Text wrap="truncate">{text}</Text>;

/** Rows of text below one another, that keep their places. */
function Rows({ count, row }: { readonly count: number; readonly row: (index: number) => string }) {
  const rows = Array.from({ length: count }, (_, index) => row(index));
  return (
    <Box flexDirection="column" flexShrink={0}>
      {Children.toArray(rows.map(asText))}
    </Box>
  );
}

const lines = (texts: readonly string[], frame: number) => (
  <Rows count={8} row={(index) => `${index} ${from(texts, frame + index)} |`} />
);

/** Each draws the frame of a number. The screen is 60 cells wide. */
const layouts: Record<string, (frame: number) => ReactElement> = {
  'a table of rows with colours': (frame) => (
    <Rows count={12} row={(index) => rowText(index, Math.floor((frame + index) / 5), 60)} />
  ),
  'nested boxes with borders': (frame) => (
    <Frame seed={frame}>
      <Frame seed={frame + 1}>
        <Text>{`left ${frame}`}</Text>
      </Frame>
      <Box flexDirection="column" marginLeft={pick(frame, 4)}>
        <Frame seed={frame + 2}>
          <Text color="cyan">right</Text>
        </Frame>
        <Text dimColor={true}>below</Text>
      </Box>
    </Frame>
  ),
  'a box over a table': (frame) => (
    <Box flexDirection="column">
      {lines(escapes.slice(0, 4), frame)}
      <Box position="absolute" marginLeft={pick(frame, 50)} marginTop={pick(frame + 3, 6)}>
        <Frame seed={frame}>
          <Text>{from(wide, frame)}</Text>
        </Frame>
      </Box>
    </Box>
  ),
  'content cut by its box': (frame) => (
    <Box width={20 + pick(frame, 30)} height={5} overflow="hidden" borderStyle="single">
      <Box flexDirection="column" flexShrink={0} marginTop={-pick(frame, 4)} marginLeft={-pick(frame + 1, 6)}>
        {lines([...escapes, ...wide], frame)}
      </Box>
    </Box>
  ),
  'content that just fits its box': (frame) => (
    <Box width={40} height={6} overflow="hidden">
      <Rows
        count={6}
        row={(index) => `\u{1b}[3${index}mrow ${frame + index}\u{1b}[39m ▁▂▃▄▅▆▇█ ${'·'.repeat(pick(frame, 9))}`}
      />
    </Box>
  ),
  'boxes cut by boxes': (frame) => (
    <Box width={30} height={8} overflow="hidden">
      <Box
        width={25}
        height={4}
        marginLeft={pick(frame, 20)}
        marginTop={pick(frame, 6)}
        overflow="hidden"
        flexShrink={0}
      >
        <Text>{`${from(wide, frame)} ${from(escapes, frame)} and a long line of ordinary words`}</Text>
      </Box>
    </Box>
  ),
  'wide characters': (frame) => <Box flexDirection="column">{lines(wide, frame)}</Box>,
  'emoji with joiners': (frame) => <Box flexDirection="column">{lines(emoji, frame)}</Box>,
  'combining marks': (frame) => <Box flexDirection="column">{lines(marks, frame)}</Box>,
  'colour codes, usual and odd': (frame) => <Box flexDirection="column">{lines(escapes, frame)}</Box>,
  'control characters': (frame) => <Box flexDirection="column">{lines(controls, frame)}</Box>,
  links: (frame) => (
    <Box flexDirection="column">
      <Text>{`see \u{1b}]8;;https://example.org/${frame}\u0007the \u{1b}[1mpage\u{1b}[22m\u{1b}]8;;\u0007 there`}</Text>
      <Text>{`\u{1b}]8;id=a;https://example.org\u{1b}\\over\ntwo lines\u{1b}]8;;\u{1b}\\ done`}</Text>
    </Box>
  ),
  'tabs and line feeds': (frame) => (
    <Box>
      <Text>{`a\tb${'c'.repeat(pick(frame, 9))}\td\r\nnext\tline\n\n`}</Text>
      <Text color="green">{`x\n\u{1b}[1my\nz\u{1b}[22m${frame}`}</Text>
    </Box>
  ),
  'wrapped and cut text': (frame) => (
    <Box flexDirection="column" width={14 + pick(frame, 20)}>
      {wraps.map((wrap, index) => (
        <Text key={wrap} wrap={wrap}>
          {`${from(index % 2 === 0 ? escapes : wide, frame + index)} and several words more ${frame}`}
        </Text>
      ))}
    </Box>
  ),
  'text in text': (frame) => (
    <Text color="yellow" bold={true}>
      {'outer '}
      <Text color={colours[pick(frame, 5)] ?? 'red'} underline={true} inverse={frame % 2 === 0}>
        {`inner ${from(marks, frame)}`}
        <Text backgroundColor="blue" strikethrough={true}>
          {' deep '}
        </Text>
      </Text>
      {` outer again ${frame}\nand on`}
    </Text>
  ),
  'transformed text': (frame) => (
    <Box flexDirection="column">
      <Transform transform={(line, index) => `${index}: ${line.toUpperCase()}`}>
        <Text>{`one ${frame}\ntwo ${from(wide, frame)}`}</Text>
      </Transform>
      <Transform transform={(line) => `\u{1b}[35m${line}`}>
        <Text>{frame % 3 === 0 ? 'plain' : '\u{1b}[1mbold\u{1b}[0m reset'}</Text>
      </Transform>
      <Transform transform={(line) => line.split('').reverse().join('')}>
        <Text>{'e\u0301 drawer'}</Text>
      </Transform>
    </Box>
  ),
  backgrounds: (frame) => (
    <Box backgroundColor="blue" width={30 + pick(frame, 10)} height={5} paddingLeft={1}>
      <Text>{`on blue ${from(wide, frame)}`}</Text>
      <Box backgroundColor={colours[pick(frame, 3)] ?? 'red'} width={8}>
        <Text inverse={true}>{` ${frame} `}</Text>
      </Box>
    </Box>
  ),
  'text side by side': (frame) => (
    <Box flexDirection={frame % 2 === 0 ? 'row' : 'row-reverse'} justifyContent="space-between">
      <Text>{`\u{1b}[32mleft`}</Text>
      <Text>{`middle ${'x'.repeat(pick(frame, 20))}`}</Text>
      <Text inverse={true}>{'  '}</Text>
      <Text>{frame % 5 === 0 ? '' : 'right\u{1b}[41m '}</Text>
    </Box>
  ),
  'more than the screen holds': (frame) => (
    <Box flexDirection="column" width={60 + pick(frame, 9)} flexShrink={0}>
      <Box marginLeft={50} flexShrink={0}>
        <Text wrap="truncate-end">{`over the edge ${from(wide, frame)}`}</Text>
      </Box>
      <Box marginLeft={-3}>
        <Text>{`before it ${from(escapes, frame)}`}</Text>
      </Box>
    </Box>
  ),
};

export const names = Object.keys(layouts);

/** The frames of a layout, as Ink writes them; each is drawn over the one before, as in the program. */
export function framesOf(name: string, count: number, columns = 60): string[] {
  const frames: string[] = [];
  // When it ends, Ink writes its last frame again.
  const write = (frame: string) => frames.length < count && frames.push(frame);
  const draw = layouts[name];
  if (draw === undefined) throw new RangeError(`there is no layout ${name}`);
  const app = renderInto({ columns, rows: 20, write }, draw(0));
  for (let frame = 1; frame < count; frame++) app.rerender(draw(frame));
  app.unmount();
  return frames;
}
