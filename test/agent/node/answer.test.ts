import { describe, expect, it } from 'vitest';
import { answer, type Method } from '../../../src/agent/node/answer.ts';
import { ProtocolError } from '../../../src/agent/protocol/protocol.ts';

const methods = new Map<string, Method>([
  ['echo', (params) => params],
  ['later', async () => 'done'],
  ['nothing', () => undefined],
  ['refuse', () => Promise.reject(new ProtocolError('refused', 'Not here.'))],
  [
    'break',
    () => {
      throw new Error('a secret');
    },
  ],
]);
const reply = async (line: string): Promise<unknown> => {
  const text = await answer(line, methods);
  return text === undefined ? undefined : JSON.parse(text);
};
const failure = (id: unknown, code: number): object => ({
  jsonrpc: '2.0',
  id,
  error: { code, message: expect.stringMatching(/^[A-Z].*\.$/) },
});

describe('an answer', () => {
  it('carries the id of the request and the result', async () => {
    expect(await reply('{"jsonrpc":"2.0","id":"a","method":"echo","params":{"x":1}}')).toEqual({
      jsonrpc: '2.0',
      id: 'a',
      result: { x: 1 },
    });
    expect(await reply('{"jsonrpc":"2.0","id":2,"method":"later"}')).toMatchObject({ id: 2, result: 'done' });
    expect(await reply('{"jsonrpc":"2.0","id":3,"method":"nothing"}')).toMatchObject({ id: 3, result: null });
  });

  it('is not given to a notification, whether it worked or not', async () => {
    expect(await reply('{"jsonrpc":"2.0","method":"echo"}')).toBeUndefined();
    expect(await reply('{"jsonrpc":"2.0","method":"break"}')).toBeUndefined();
  });

  it.each([
    ['text that is not JSON', '{"jsonrpc":', null, -32700],
    ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"echo"}]', null, -32600],
    ['a bare value', '7', null, -32600],
    ['null', 'null', null, -32600],
    ['another JSON-RPC version', '{"jsonrpc":"1.0","id":1,"method":"echo"}', 1, -32600],
    ['a method that is not a string', '{"jsonrpc":"2.0","id":1,"method":{}}', 1, -32600],
    ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"echo"}', null, -32600],
    ['parameters in a list', '{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}', 1, -32602],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"evaluate"}', 1, -32601],
    ['a name every object has', '{"jsonrpc":"2.0","id":1,"method":"constructor"}', 1, -32601],
  ])('to %s is an error with a sentence', async (_, line, id, code) => {
    expect(await reply(line)).toEqual(failure(id, code));
  });

  it('sends the sentence of a protocol error, and nothing of any other error', async () => {
    expect(await reply('{"jsonrpc":"2.0","id":1,"method":"refuse"}')).toMatchObject({
      error: { message: 'Not here.' },
    });
    expect(await reply('{"jsonrpc":"2.0","id":1,"method":"break"}')).toEqual(failure(1, -32603));
    expect(JSON.stringify(await reply('{"jsonrpc":"2.0","id":1,"method":"break"}'))).not.toContain('secret');
  });
});
