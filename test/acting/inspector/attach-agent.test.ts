import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachAgent } from '../../../src/acting/inspector/attach-agent.ts';
import { type OpenedAgents, openAgents } from '../../../src/agent/client/open-agents.ts';
import { Programs } from '../../helpers/programs.ts';

const LONG = 60_000;
const FOLDER = join(import.meta.dirname, '../../../dist');

let programs: Programs;
let opened: OpenedAgents;
let environment: Record<string, string | undefined>;

beforeEach(() => {
  programs = new Programs();
  environment = { XDG_RUNTIME_DIR: programs.folder() };
  opened = openAgents({ environment, platform: process.platform, mayRemove: false });
});

afterEach(async () => {
  opened.agents.close();
  await programs.end();
});

/** A program without an agent. Any port that is free: 9229 is one for the whole machine. */
async function plain() {
  const { pid } = await programs.startWith(['--inspect-port=0'], 'plain.cjs');
  return { pid, startTime: opened.processes.startTime(pid) ?? 0 };
}

describe.runIf(process.platform === 'linux')('putting an agent into a program', () => {
  it('is done when the agent of exactly that process is found', { timeout: LONG }, async () => {
    const { pid, startTime } = await plain();
    const { refused, isLoaded, settled } = await attachAgent({ pid, startTime }, opened, {
      folder: FOLDER,
      environment,
    });
    expect({ refused, isLoaded }).toEqual({ refused: undefined, isLoaded: true });
    expect(opened.agents.of(pid)?.found).toMatchObject({ pid, startTime });
    expect(await settled).toBeUndefined();
  });

  it('says that the agent was loaded but is not found, where waiting is given up', { timeout: LONG }, async () => {
    const subject = await plain();
    const givingUp = new AbortController();
    const blind = { scan: () => givingUp.abort(), of: () => undefined } as unknown as OpenedAgents['agents'];
    const options = { folder: FOLDER, environment, signal: givingUp.signal };
    const { refused, isLoaded, settled } = await attachAgent(subject, { ...opened, agents: blind }, options);
    expect(isLoaded).toBe(true);
    expect(refused).toContain(`The agent was loaded into process ${subject.pid}, but has not opened its socket.`);
    expect(await settled).toBeUndefined();
  });

  it('is refused without loading anything where the PID is another process now', { timeout: LONG }, async () => {
    const { pid } = await plain();
    const attached = await attachAgent({ pid, startTime: 1 }, opened, { folder: FOLDER, environment });
    expect(attached.refused).toMatch(/belongs to another process/);
    expect(attached.isLoaded).toBe(false);
    expect(await attached.settled).toBeUndefined();
  });
});
