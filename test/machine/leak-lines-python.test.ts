// Tracing that the agent has begun in a Python program ends with the one who asked for it, in forked children too.
import { expect, it } from 'vitest';
import { Connection } from '../agent/python/connection.ts';
import { allInterpreters } from '../agent/python/interpreters.ts';
import { fixture, start } from '../agent/python/python-program.ts';
import { until } from '../agent/python/until.ts';

it.each(allInterpreters().map((python) => [python.version, python] as const))(
  'Python %s: tracing ends when the client goes, and a child does not trace',
  async (_, python) => {
    const program = await start(python, [fixture('says-tracing.py')]);
    const output = (line: string) => program.output().stdout.split('\n').includes(line);
    const client = await Connection.open(program.socketOf(program.pid));
    client.send('sampleHeap', { seconds: 60 });
    await until(() => output('TRACING'), 'tracing begins', program);
    await until(() => output('CHILD NOT TRACING') || output('CHILD TRACING'), 'the child has looked', program);
    expect(output('CHILD NOT TRACING')).toBe(true);
    expect(output('NOT TRACING')).toBe(false);
    client.socket.destroy();
    await until(() => output('NOT TRACING'), 'tracing ends', program);
  },
);
