// The environment that loads an agent into a program and its children, whatever they are.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../../errors/user-error.ts';

/** The files loaded into other programs; all paths are absolute. */
export interface AgentFiles {
  /** The Node agent, one CommonJS file. */
  readonly node: string;
  /** The folder with the sitecustomize that loads the Python agent. */
  readonly pythonSite: string;
}

/**
 * The agents' files under the folder they were built into.
 *
 * @throws UserError when one is missing: a program that has to load it would not start
 */
export function agentFilesIn(folder: string): AgentFiles {
  const files = { node: join(folder, 'agent.cjs'), pythonSite: join(folder, 'python', 'site') };
  for (const path of [
    files.node,
    join(files.pythonSite, 'sitecustomize.py'),
    join(folder, 'python', 'memtop_agent.py'),
  ]) {
    try {
      accessSync(path, constants.R_OK);
    } catch {
      throw new UserError(
        `The agent's file ${path} is missing.`,
        'Install memtop again; from its source, run "npm run build".',
      );
    }
  }
  return files;
}

/**
 * A copy of an environment with the agents added. Existing values stay: NODE_OPTIONS is appended to, and on
 * PYTHONPATH ours comes first, since its sitecustomize runs the next one it finds. A second time changes nothing, and
 * entries of another version of memtop are replaced: a program has one agent.
 */
export function withAgentVariables(environment: NodeJS.ProcessEnv, files: AgentFiles): NodeJS.ProcessEnv {
  return {
    ...environment,
    NODE_OPTIONS: withNodeAgent(environment['NODE_OPTIONS'], files),
    PYTHONPATH: withPythonAgent(environment['PYTHONPATH'], files),
  };
}

/** A value of NODE_OPTIONS with the agent. */
export function withNodeAgent(options: string | undefined, files: AgentFiles): string {
  return appendOption(options?.replaceAll(OTHER_LOADER, ''), `--require ${quoteNodeOption(files.node)}`);
}

/** A value of PYTHONPATH with the agent. */
export function withPythonAgent(path: string | undefined, { pythonSite }: AgentFiles): string | undefined {
  const others = path?.split(delimiter).filter((entry) => entry === pythonSite || !OTHER_SITE.test(entry));
  return prependPath(others?.join(delimiter), pythonSite);
}

const COPY = '/memtop-run-\\d+-[0-9a-f]{16}(?:-[0-9a-f]+)?/';
const OTHER_LOADER = new RegExp(` ?--require [^" ]*${COPY}agent-loader\\.cjs(?= |$)`, 'g');
const OTHER_SITE = new RegExp(`${COPY}python/site$`);

/** Spaces part the options of NODE_OPTIONS, double quotes keep them together, and a backslash escapes within them. */
function quoteNodeOption(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function appendOption(options: string | undefined, option: string): string {
  if (options === undefined || options.trim() === '') return option;
  return ` ${options} `.includes(` ${option} `) ? options : `${options} ${option}`;
}

/** An empty PYTHONPATH counts as unset: an empty entry would mean the current folder. A path with a colon cannot be listed. */
function prependPath(path: string | undefined, folder: string): string | undefined {
  if (folder.includes(delimiter)) return path;
  if (path === undefined || path === '') return folder;
  return path.split(delimiter)[0] === folder ? path : `${folder}${delimiter}${path}`;
}
