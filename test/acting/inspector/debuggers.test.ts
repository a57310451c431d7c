import { afterEach, expect, it } from 'vitest';
import { findDebuggers } from '../../../src/acting/inspector/debuggers.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import { freePort } from '../../helpers/free-port.ts';
import { Programs } from '../../helpers/programs.ts';

const processes = new Processes();
const programs = new Programs();

afterEach(() => programs.end());

it('finds a debugger that is open, also where process.title hides it, and no other socket of a program', async () => {
  const [port, plain] = [await freePort(), await programs.start('http-server.cjs')];
  const { pid } = await programs.startWith([`--inspect=127.0.0.1:${port}`], 'plain.cjs', 'title');
  const found = await findDebuggers(processes, [{ pid, startTime: processes.startTime(pid) as number }]);
  expect(found.find((one) => one.pid === pid)).toMatchObject({
    address: '127.0.0.1',
    port,
    isHere: true,
    isOurs: true,
  });
  expect(found.some((one) => one.pid === plain.pid)).toBe(false);
});
