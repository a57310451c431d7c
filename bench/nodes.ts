// The versions of Node that the agent is measured in: the one that runs this, and those that people use.
import { execFileSync } from 'node:child_process';
import { nodeOfVersion } from '../test/helpers/node-versions.ts';
import type { Workbench } from './workbench.ts';

const MAJORS = [22, 24, 26];

export interface Node {
  /** Such as v22.1.0. */
  readonly version: string;
  readonly binary: string;
}

/** The running one first. One that cannot be had is left out, and that is said. */
export function nodes(bench: Workbench): [Node, ...Node[]] {
  const running: Node = { version: process.version, binary: process.execPath };
  const others = MAJORS.filter((major) => !running.version.startsWith(`v${major}.`)).flatMap((major): Node[] => {
    try {
      const binary = nodeOfVersion(major);
      return [{ version: execFileSync(binary, ['--version'], { encoding: 'latin1' }).trim(), binary }];
    } catch (error) {
      bench.say(`without Node ${major}: ${error instanceof Error ? error.message : error}`);
      return [];
    }
  });
  return [running, ...others];
}
