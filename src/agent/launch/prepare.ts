// A command made ready to have an agent: its words and its environment, and notes for the user.
import { basename } from 'node:path';
import { UserError } from '../../errors/user-error.ts';
import { commandFiles } from './command-files.ts';
import { copyAgents, isTidied } from './copy.ts';
import { type AgentFiles, withAgentVariables, withNodeAgent, withPythonAgent } from './launch.ts';
import { type Obstacles, obstaclesIn } from './obstacles.ts';

/** What is to be started. */
export interface Prepared {
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Sentences for the user: why an agent is left out. */
  readonly warnings: readonly string[];
  /** Whether the copy of the agents lasts without being refreshed: nothing cleans up its folder. */
  readonly lasts: boolean;
  /** Whether the copy was written just now: then older ones are removed. */
  readonly isNew: boolean;
}

/**
 * Puts the agents into the environment of a command, and leaves out those that could keep it, or what it starts, from
 * starting. Never throws: without an agent a program runs as well.
 *
 * @param folder into which the agents were built
 */
export function prepareCommand(words: readonly string[], environment: NodeJS.ProcessEnv, folder: string): Prepared {
  const readable = commandFiles(environment['PATH']);
  const obstacles = obstaclesIn(words, environment['NODE_OPTIONS'], readable);
  const warnings = Object.values(obstacles);
  try {
    const files = copyAgents(folder);
    const wanted = withAgentVariables(environment, files);
    if (obstacles.node !== undefined) restore(wanted, environment, 'NODE_OPTIONS');
    if (obstacles.python !== undefined) restore(wanted, environment, 'PYTHONPATH');
    return {
      words: withAssigned(words, files, obstacles),
      environment: wanted,
      warnings,
      lasts: !isTidied(files.node),
      isNew: files.isNew,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      words,
      environment,
      warnings: [...warnings, `${error.message} The program runs without an agent. ${error.next}`],
      lasts: true,
      isNew: false,
    };
  }
}

/** Writes the copy of the agents again when it is a day old: what is not used for ten may be removed. Never throws. */
export function keepCopy(folder: string): void {
  try {
    copyAgents(folder);
  } catch {
    // The installation has gone: the copy is as old as it is.
  }
}

function restore(wanted: NodeJS.ProcessEnv, before: NodeJS.ProcessEnv, name: string): void {
  if (before[name] === undefined) delete wanted[name];
  else wanted[name] = before[name];
}

/** What env(1) sets for the command gets the agents too: `memtop run -- env NODE_OPTIONS=--inspect node app.js`. */
function withAssigned(words: readonly string[], files: AgentFiles, { node, python }: Obstacles): readonly string[] {
  if (basename(words[0] ?? '') !== 'env') return words;
  const end = words.findIndex((word, index) => index > 0 && !/^\w+=/.test(word));
  return words.map((word, index) => {
    if (index >= end && end >= 0) return word;
    const [, name, value] = /^(NODE_OPTIONS|PYTHONPATH)=(.*)$/s.exec(word) ?? [];
    if (name === 'NODE_OPTIONS' && node === undefined) return `${name}=${withNodeAgent(value, files)}`;
    if (name === 'PYTHONPATH' && python === undefined) return `${name}=${withPythonAgent(value, files)}`;
    return word;
  });
}
