// The Python agent among bad clients and in bad places: everything is answered or closed, and the program runs on.
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Connection } from '../agent/python/connection.ts';
import { defaultInterpreter } from '../agent/python/interpreters.ts';
import {
  AGENT_FOLDER,
  accepts,
  launch,
  type PythonProgram,
  start,
  temporaryFolder,
} from '../agent/python/python-program.ts';
import { until } from '../agent/python/until.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const KIBIBYTE = 1024;
/** Prints how many turns it has made every tenth of a second: a program that would notice being held up. */
const COUNTING = [
  '-c',
  'import time; print("READY", flush=True)\nwhile True: time.sleep(.1); print("turn", flush=True)',
];
const python = defaultInterpreter();

describe('requests', () => {
  test.each([
    ['no JSON', 'nonsense', -32700],
    ['an empty line', '', -32700],
    ['half a document', '{"jsonrpc":"2.0","id":1,', -32700],
    ['two documents', '{} {}', -32700],
    ['a bare control character', '{"method":"a\u0001"}', -32700],
    ['a half escape', '{"method":"\\u12"}', -32700],
    ['not a number', '{"method":NaN}', -32700],
    ['a number out of range', '{"method":1e999}', -32700],
    ['ten thousand brackets', '['.repeat(10_000), -32700],
    ['a number of sixty thousand digits', '9'.repeat(60_000), -32700],
    ['a list', '[{"jsonrpc":"2.0","id":1,"method":"stats"}]', -32600],
    ['no version', '{"id":1,"method":"stats"}', -32600],
    ['no method', '{"jsonrpc":"2.0","id":1}', -32600],
    ['an object for an id', '{"jsonrpc":"2.0","id":{},"method":"stats"}', -32600],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"eval"}', -32601],
    ['the name of an inner method', '{"jsonrpc":"2.0","id":1,"method":"_stats"}', -32601],
    ['parameters in a list', '{"jsonrpc":"2.0","id":1,"method":"stats","params":[1]}', -32602],
    ['an unknown level', '{"jsonrpc":"2.0","id":1,"method":"collect","params":{"level":"all"}}', -32602],
    ['a list for a level', '{"jsonrpc":"2.0","id":1,"method":"collect","params":{"level":[]}}', -32602],
    ['too many rounds', '{"jsonrpc":"2.0","id":1,"method":"collect","params":{"maxRounds":99}}', -32602],
    ['true for rounds', '{"jsonrpc":"2.0","id":1,"method":"collect","params":{"maxRounds":true}}', -32602],
    ['no events', '{"jsonrpc":"2.0","id":1,"method":"subscribe"}', -32602],
    ['an unknown event', '{"jsonrpc":"2.0","id":1,"method":"subscribe","params":{"events":[{}]}}', -32602],
    [
      'an interval of nothing',
      '{"jsonrpc":"2.0","id":1,"method":"subscribe","params":{"events":[],"interval":0}}',
      -32602,
    ],
    ['another protocol', '{"jsonrpc":"2.0","id":1,"method":"hello","params":{"protocol":2}}', -32001],
  ])('%s is answered by an error, and the connection goes on', async (_, line, code) => {
    const { connection } = await counting();
    const { error } = await connection.sendLine(line);
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(/^[A-Za-z].*\.$/);
    expect((await connection.ask('hello', { protocol: 1 })).result.protocol).toBe(1);
  });

  test('a notification is not answered', async () => {
    const { connection } = await counting();
    connection.sendText('{"jsonrpc":"2.0","method":"stats"}\n{"jsonrpc":"2.0","method":"collect"}\n');
    await connection.ask('stats');
    expect(connection.messages).toHaveLength(1);
  });

  test('ids come back as they were', async () => {
    const { connection } = await counting();
    for (const id of ['a "quoted"\n\u2028 name \u{1F600}', '', -7, 1.5, null]) {
      const answer = await connection.sendLine(JSON.stringify({ jsonrpc: '2.0', id, method: 'stats' }));
      expect(answer.id).toBe(id);
      expect(answer.result.rss).toBeGreaterThan(0);
    }
  });

  test('a request in single bytes is understood', async () => {
    const { connection } = await counting();
    connection.socket.setNoDelay();
    for (const byte of '{"jsonrpc":"2.0","id":"slow","method":"stats"}\n') {
      connection.sendText(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => connection.answer('slow') !== undefined, 'the slow request is answered');
  });

  test('a request of 64 KiB is read, a longer one is answered and the connection closed', async () => {
    const { program, connection } = await counting();
    const frame = '{"jsonrpc":"2.0","id":1,"method":"stats","params":{"x":""}}';
    const longest = frame.replace('""', `"${'x'.repeat(64 * KIBIBYTE - frame.length)}"`);
    expect((await connection.sendLine(longest)).result.rss).toBeGreaterThan(0);
    expect((await connection.sendLine(`${longest} `)).error?.code).toBe(-32002);
    await until(() => connection.closed, 'the connection is closed');
    await stillRuns(program);
  });

  test('a hundred megabytes without an end of line cost nothing', async () => {
    const { program, connection } = await counting();
    const before = residentOf((await connection.ask('stats')).result);
    const flood = await open(program);
    const chunk = 'x'.repeat(1024 * KIBIBYTE);
    for (let sent = 0; sent < 100 && !flood.closed; sent += 1) {
      flood.sendText(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => flood.closed, 'the flood is cut off', program);
    expect(flood.messages[0]?.error?.code ?? -32002).toBe(-32002);
    expect(residentOf((await connection.ask('stats')).result) - before).toBeLessThan(4 * 1024 * KIBIBYTE);
    await stillRuns(program);
  });

  test('a heap snapshot goes nowhere but into a directory of the same user', async () => {
    const program = await start(python, ['-X', 'tracemalloc', ...COUNTING]);
    const connection = await open(program);
    const folder = temporaryFolder();
    writeFileSync(`${folder}/file`, '');
    symlinkSync(folder, `${folder}/link`);
    const refused = [
      ['relative', -32602],
      ['/a\0b', -32602],
      [7, -32602],
      [`${folder}/missing`, -32004],
      [`${folder}/file`, -32004],
      [`${folder}/link`, -32004],
    ] as const;
    for (const [directory, code] of refused) {
      expect((await connection.ask('heapSnapshot', { directory })).error?.code).toBe(code);
    }
    expect(readdirSync(folder).sort()).toEqual(['file', 'link']);
  });
});

describe('clients', () => {
  test('a hundred at once are all answered', async () => {
    const { program } = await counting();
    const clients = await Promise.all(Array.from({ length: 100 }, () => open(program)));
    const answers = await Promise.all(clients.map((client) => client.ask('stats')));
    expect(answers.every(({ result }) => result.rss > 0)).toBe(true);
    await stillRuns(program);
  });

  test('more than 128 are closed as they come, and the others are not disturbed', async () => {
    const { program, connection } = await counting();
    const clients = await Promise.all(Array.from({ length: 150 }, () => open(program)));
    await until(() => clients.filter(({ closed }) => closed).length === 150 - 127, 'the surplus is closed', program);
    expect((await connection.ask('stats')).result.rss).toBeGreaterThan(0);
    for (const client of clients) client.socket.destroy();
    await until(
      async () => {
        const late = await open(program);
        late.send('stats');
        await until(() => late.closed || late.messages.length > 0, 'a late client hears something');
        return !late.closed;
      },
      'there is room again',
      program,
    );
  });

  test('one that never reads is not read any more, and the others are answered', async () => {
    const { program, connection } = await counting();
    const before = residentOf((await connection.ask('stats')).result);
    const deaf = await open(program);
    deaf.socket.pause();
    const request = '{"jsonrpc":"2.0","id":1,"method":"stats"}\n'.repeat(1000);
    let accepted = 0;
    for (let sent = 0; sent < 50; sent += 1) deaf.socket.write(request, () => (accepted += 1));
    await until(
      async () => {
        const seen = accepted;
        await connection.ask('stats');
        await new Promise((resolve) => setTimeout(resolve, 300));
        return seen > 0 && seen === accepted;
      },
      'no more of it is taken',
      program,
    );
    expect(accepted).toBeLessThan(50);
    expect(residentOf((await connection.ask('stats')).result) - before).toBeLessThan(4 * 1024 * KIBIBYTE);
    await stillRuns(program);
  });

  test('a flood of requests leaves the program its turns', async () => {
    const { program } = await counting();
    const flood = await open(program);
    const request = '{"jsonrpc":"2.0","id":1,"method":"stats"}\n'.repeat(100);
    const timer = setInterval(() => flood.socket.writable && flood.sendText(request), 1);
    onTestFinished(() => clearInterval(timer));
    const before = turns(program);
    await until(() => flood.messages.length > 1500, 'the flood is under way', program);
    await until(() => turns(program) >= before + 10, 'the program has had ten turns', program);
    expect((await (await open(program)).ask('stats')).result.rss).toBeGreaterThan(0);
  });

  test('requests during a collect join it', async () => {
    const code = 'import gc, time\nkept = [[] for _ in range(1500000)]\nprint("READY", flush=True)\ntime.sleep(600)';
    const program = await start(python, ['-c', code]);
    const clients = await Promise.all([open(program), open(program), open(program)]);
    const answers = await Promise.all(clients.map((client) => client.ask('collect', { level: 'full' })));
    const collections = new Set(answers.map(({ result }) => JSON.stringify(result)));
    const { generations } = (await (clients[0] as Connection).ask('stats')).result;
    expect(collections.size).toBeLessThan(3);
    expect(generations[2].collections).toBeGreaterThan(0);
  });

  test('one that goes in the middle of a collect is not missed', async () => {
    const { program, connection } = await counting();
    const going = await open(program);
    going.send('collect');
    going.socket.destroy();
    expect((await connection.ask('collect')).result.rounds).toBeGreaterThan(0);
    await stillRuns(program);
  });

  test.each([
    ['half a line', '{"jsonrpc":'],
    ['answers that it does not read', '{"jsonrpc":"2.0","id":1,"method":"stats"}\n'.repeat(1000)],
  ])('one with %s is closed after a while', async (_, text) => {
    const code = [
      'import memtop_agent, time',
      'memtop_agent.STALL_LIMIT = 0.3',
      'memtop_agent.start()',
      'print("READY", flush=True)',
      'time.sleep(600)',
    ].join('\n');
    const program = await start(python, ['-c', code], { environment: { PYTHONPATH: AGENT_FOLDER } });
    await until(() => sockets(program) === 1, 'only the listener is open', program);
    const client = await open(program);
    client.socket.pause();
    client.sendText(text);
    await until(() => sockets(program) === 2, 'the client is accepted', program);
    await until(() => sockets(program) === 1, 'it is closed', program);
  });

  test('a client that stopped sending still gets its answer', async () => {
    const { program } = await counting();
    const client = await open(program);
    const id = client.send('collect');
    client.socket.end();
    await until(() => client.closed, 'the connection is closed', program);
    expect(client.answer(id)?.result.rounds).toBeGreaterThan(0);
  });
});

describe('places', () => {
  test.each([
    ['a planted link', (folder: string) => symlinkSync(temporaryFolder(), folder)],
    ['a file', (folder: string) => writeFileSync(folder, '')],
    ['a folder that others may enter', (folder: string) => openFolder(folder)],
  ])('%s is not used', async (_, plant) => {
    const runtime = temporaryFolder();
    const cache = temporaryFolder();
    plant(`${runtime}/memtop`);
    const program = launch(python, COUNTING, { environment: { XDG_RUNTIME_DIR: runtime, XDG_CACHE_HOME: cache } });
    const elsewhere = [`/tmp/memtop-${process.geteuid?.()}`, `${cache}/memtop`].map(
      (at) => `${at}/${program.pid}.sock`,
    );
    await until(
      async () => (await Promise.all(elsewhere.map(accepts))).includes(true),
      'it listens elsewhere',
      program,
    );
    expect(await accepts(program.socketOf(program.pid))).toBe(false);
    program.process.kill('SIGINT');
    await program.ended;
  });

  test('the folder it creates is private, whatever the umask', async () => {
    const code = 'import os, time; os.umask(0); print("READY", flush=True); time.sleep(600)';
    const program = await start(python, ['-c', code]);
    expect(statSync(`${program.runtimeDirectory}/memtop`).mode & 0o777).toBe(0o700);
    expect(statSync(program.socketOf(program.pid)).mode & 0o777).toBe(0o600);
  });

  test('a program without descriptors left is not kept busy', async () => {
    const code = [
      'import resource, time, os',
      'print("READY", flush=True); input()',
      'fds = os.listdir("/proc/self/fd")',
      'resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, fds)), 4096))',
      'print("LIMITED", flush=True); input()',
      'begun = time.process_time(); time.sleep(1)',
      'print("SPENT", time.process_time() - begun, flush=True)',
      'resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 4096)); time.sleep(600)',
    ].join('\n');
    const program = await start(python, ['-c', code]);
    program.process.stdin?.write('\n');
    await until(() => program.output().stdout.includes('LIMITED'), 'the limit holds', program);
    const clients = await Promise.all(Array.from({ length: 5 }, () => open(program)));
    program.process.stdin?.write('\n');
    await until(() => /SPENT .*\n/.test(program.output().stdout), 'a second has gone by', program);
    expect(Number(/SPENT (.*)\n/.exec(program.output().stdout)?.[1])).toBeLessThan(0.3);
    expect((await (clients[4] as Connection).ask('stats')).result.rss).toBeGreaterThan(0);
  });

  test('the dead socket of an earlier process with the same pid is replaced', async () => {
    const code = [
      'import os, socket, sys, time',
      'folder = os.environ["XDG_RUNTIME_DIR"] + "/memtop"; os.mkdir(folder, 0o700)',
      'dead = socket.socket(socket.AF_UNIX); dead.bind("%s/%d.sock" % (folder, os.getpid())); dead.close()',
      'import memtop_agent',
      'print(memtop_agent.start(), "\\nREADY", flush=True); time.sleep(600)',
    ].join('\n');
    const program = await start(python, ['-c', code], {
      environment: { PYTHONPATH: AGENT_FOLDER },
    });
    expect((await (await open(program)).ask('hello')).result.pid).toBe(program.pid);
  });

  test('a living socket of the same name, as another pid namespace may have, is left alone', async () => {
    const runtime = temporaryFolder();
    const code =
      'import os, time; print("PID", os.getpid(), flush=True); input(); import memtop_agent; memtop_agent.start(0); print("READY", flush=True); time.sleep(600)';
    const program = launch(python, ['-c', code], {
      environment: { XDG_RUNTIME_DIR: runtime, PYTHONPATH: AGENT_FOLDER },
    });
    mkdirSync(`${runtime}/memtop`, { mode: 0o700 });
    const other = createServer().listen(program.socketOf(program.pid));
    onTestFinished(() => void other.close());
    await until(() => accepts(program.socketOf(program.pid)), 'the other one listens');
    program.process.stdin?.write('\n');
    const own = `/tmp/memtop-${process.geteuid?.()}/${program.pid}.sock`;
    await until(() => accepts(own), 'the agent listens elsewhere', program);
    expect(statSync(program.socketOf(program.pid)).isSocket()).toBe(true);
    program.process.kill('SIGINT');
    await program.ended;
    expect(statSync(program.socketOf(program.pid)).isSocket()).toBe(true);
  });
});

function open(program: PythonProgram): Promise<Connection> {
  return Connection.open(program.socketOf(program.pid));
}

async function counting(): Promise<{ readonly program: PythonProgram; readonly connection: Connection }> {
  const program = await start(python, COUNTING);
  return { program, connection: await open(program) };
}

async function stillRuns(program: PythonProgram): Promise<void> {
  const before = turns(program);
  await until(() => turns(program) > before + 1, 'the program goes on', program);
  expect(program.output().stderr).toBe('');
}

function turns(program: PythonProgram): number {
  return program.output().stdout.split('turn\n').length - 1;
}

/** How many sockets the program has open. */
function sockets(program: PythonProgram): number {
  const folder = `/proc/${program.pid}/fd`;
  return readdirSync(folder).filter((name) => isSocket(`${folder}/${name}`) && Number(name) > 2).length;
}

function isSocket(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
}

function residentOf(stats: { readonly rss: number }): number {
  return stats.rss;
}

function openFolder(folder: string): void {
  mkdirSync(folder);
  chmodSync(folder, 0o755);
}
