// The screen as Ink components: the lines of a frame in, one component for each.
import { Box, Text } from 'ink';
import { memo, type ReactElement } from 'react';

/** One line of the screen. Redrawn only when its text has changed. */
const Line = memo(function Line({ text }: { readonly text: string }): ReactElement {
  // An empty Text takes no line at all.
  return <Text>{text === '' ? ' ' : text}</Text>;
});

/** Everything on the screen: exactly as many lines as the terminal has. */
export function App({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((text, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen.
        <Line key={line} text={text} />
      ))}
    </Box>
  );
}
