import { expect, onTestFinished, test } from 'vitest';
import { ChildCommands } from '../../../../src/sampling/linux/reading/child-commands.ts';
import { until } from '../../../helpers/until.ts';

function open(): ChildCommands {
  const commands = new ChildCommands();
  onTestFinished(() => commands.close());
  return commands;
}

const echo = { program: '/bin/sh', args: ['-c', 'echo ready'], limit: 100 };
const silent = { program: '/bin/sh', args: ['-c', 'exec sleep 600'], limit: 100 };

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('an answer is handed out once it is there, and the next call asks again', async () => {
  const commands = open();
  expect(commands.ask('one', echo)).toBeUndefined();
  await commands.settled(30_000);
  expect(commands.ask('one', echo)).toMatchObject({ exitCode: 0, bytes: Buffer.from('ready\n') });
  expect([commands.ask('one', echo), commands.running]).toEqual([undefined, 1]);
});

test('the exit code and the error message of a program that fails are part of its answer', async () => {
  const commands = open();
  const failing = { program: '/bin/sh', args: ['-c', 'echo no >&2; exit 3'], limit: 100 };
  commands.ask('one', failing);
  await commands.settled(30_000);
  expect(commands.ask('one', failing)).toMatchObject({ exitCode: 3, error: 'no\n' });
});

test('no more of an answer is kept than is wanted, however much comes', async () => {
  const commands = open();
  const endless = { program: '/bin/sh', args: ['-c', 'while :; do echo 0123456789; done'], limit: 25 };
  commands.ask('one', endless);
  await commands.settled(30_000);
  expect(commands.ask('one', endless)?.bytes.toString()).toBe('0123456789\n0123456789\n012');
  await until(() => commands.pids.length === 0);
});

test('a child without an answer is given up after its deadline, killed, and not asked again at once', async () => {
  const commands = open();
  commands.ask('one', silent);
  const [pid] = commands.pids;
  await commands.settled(30_000);
  await until(() => !isAlive(pid as number));
  expect([commands.ask('one', silent), commands.running, commands.pids]).toEqual([undefined, 0, []]);
});

test('there are never more than eight children', () => {
  const commands = open();
  for (let key = 0; key < 20; key += 1) commands.ask(String(key), silent);
  expect([commands.running, commands.pids.length]).toEqual([8, 8]);
});

test('waiting ends when the time is up', async () => {
  const commands = open();
  commands.ask('one', silent);
  await commands.settled(10);
  expect(commands.running).toBe(1);
});

test('a program that is not there has no answer, and does no harm', async () => {
  const commands = open();
  const missing = { program: '/nonexistent/program', args: [], limit: 1 };
  commands.ask('one', missing);
  await commands.settled(30_000);
  expect([commands.ask('one', missing), commands.pids]).toEqual([undefined, []]);
});

test('closing kills the children and starts no others', async () => {
  const commands = new ChildCommands();
  commands.ask('one', silent);
  const [pid] = commands.pids;
  commands.close();
  await until(() => !isAlive(pid as number));
  commands.ask('two', silent);
  expect(commands.running).toBe(0);
});
