// What lets memtop collect in processes: agents, their sockets' folder, the runtimes they support, the inspector.
import { dirname } from 'node:path';
import { blockedPort } from '../../../acting/inspector/may-attach.ts';
import { Processes } from '../../../agent/client/finding/processes.ts';
import { agentFilesIn } from '../../../agent/launch/launch.ts';
import { FOLDER_MODE, folderCandidates, folderFault, socketPath } from '../../../agent/protocol/folders.ts';
import { UserError } from '../../../errors/user-error.ts';
import { type Check, type Finding, limited, missing, notHere, ok } from './check.ts';
import type { Machine } from './machine.ts';
import { asRoot, install } from './remedies.ts';

export const agentFiles: Check = {
  id: 'agent-files',
  title: "agents' files",
  purpose: 'what memtop run loads into programs',
  cost: 'memtop run and attaching do not work.',
  run() {
    try {
      agentFilesIn(import.meta.dirname);
      return ok('Present.');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return missing(error.message, { say: error.next });
    }
  },
};

export const socketFolder: Check = {
  id: 'socket-folder',
  title: "agents' folder",
  purpose: 'where agents listen and memtop finds them',
  cost: 'Agents use the next folder they can, or do not start.',
  run(machine) {
    const { platform, uid, environment } = machine;
    if (platform === 'win32' || uid === undefined) return notHere('Windows uses named pipes instead.');
    const candidates = folderCandidates({
      platform,
      uid,
      runtimeDirectory: environment['XDG_RUNTIME_DIR'],
      cacheDirectory: environment['XDG_CACHE_HOME'],
      home: environment['HOME'],
    }).map(({ folder }) => folder);
    const usable = candidates.find((folder) => faultOf(folder, machine) === undefined);
    const [first = ''] = candidates;
    if (usable === undefined)
      return missing(`No folder can be used: ${sentenceOf(first, machine)}`, remedyOf(first, machine));
    const found = `${usable} ${machine.facts(usable) === undefined ? 'will be created when needed' : 'is usable'}.`;
    if (usable === first) return ok(found);
    return limited(`${found} ${sentenceOf(first, machine)}`, remedyOf(first, machine));
  },
};

/** The longest number a process can have on Linux (PID_MAX_LIMIT) has seven digits. */
const LONGEST_PID = 4_194_304;

function faultOf(folder: string, machine: Machine): string | undefined {
  if (socketPath(folder, LONGEST_PID) === undefined) return 'has a path too long for a socket';
  const facts = machine.facts(folder);
  if (facts === undefined) return machine.facts(dirname(folder)) === undefined ? 'has no parent folder' : undefined;
  const fault = folderFault(facts, machine.uid as number);
  if (fault !== undefined) return fault;
  return (facts.mode & FOLDER_MODE) === FOLDER_MODE ? undefined : 'is not accessible to its owner';
}

function sentenceOf(folder: string, machine: Machine): string {
  return `The folder ${folder} ${faultOf(folder, machine)}.`;
}

function remedyOf(folder: string, machine: Machine) {
  const facts = machine.facts(folder);
  if (facts === undefined) {
    return {
      say: 'Set XDG_RUNTIME_DIR to a folder that you own.',
      type: `export XDG_RUNTIME_DIR=/run/user/${machine.uid}`,
    };
  }
  if (facts.uid === machine.uid) return { say: 'Make it private.', type: `chmod 700 ${folder}` };
  return { say: 'Find out which user created it, then remove it.', type: asRoot(machine, `rm -rI ${folder}`) };
}

export const runtimes: Check = {
  id: 'runtimes',
  title: 'Node.js and Python',
  purpose: 'programs that memtop run can put an agent into',
  cost: 'Programs of a missing runtime cannot be instrumented.',
  run(machine) {
    const kinds = { 'Node.js': ['node', 'nodejs'], Python: ['python3', 'python'] };
    const found = Object.entries(kinds).flatMap(([kind, names]) => {
      const path = names.map(machine.program).find((program) => program !== undefined);
      return path === undefined ? [] : [`${kind} is ${path}`];
    });
    const absent = Object.entries(kinds).filter(([, names]) => !names.some((name) => machine.program(name)));
    const remedies = absent.map(([kind]) => install(machine, kind === 'Python' ? 'python3' : 'nodejs'));
    if (absent.length === 0) return ok(`${found.join(', ')}.`);
    const neither = `${absent.map(([kind]) => kind).join(' and ')} ${absent.length > 1 ? 'are' : 'is'} not on the PATH.`;
    if (found.length === 0) return missing(neither, ...remedies);
    return limited(`${found.join(', ')}. ${neither}`, ...remedies);
  },
};

export const nodeOptions: Check = {
  id: 'node-options',
  title: 'NODE_OPTIONS',
  purpose: 'loading the agent into Node.js programs and their children',
  cost: 'Every Node.js program started from this shell fails to start.',
  run({ environment, open }) {
    const options = environment['NODE_OPTIONS']?.trim() ?? '';
    if (options === '') return ok('Not set; memtop run sets it for the programs it starts.');
    const required = [...options.matchAll(/(?:--require|-r)[= ](?:"((?:[^"\\]|\\.)*)"|(\S+))/g)]
      .map(([, quoted, plain]) => quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '')
      .filter((path) => path.startsWith('/'));
    const absent = required.find((path) => open(path) !== true);
    if (absent !== undefined) {
      return limited(`It requires ${absent}, which cannot be read.`, {
        say: 'Unset it.',
        type: 'unset NODE_OPTIONS',
      });
    }
    return ok(
      required.some((path) => path.endsWith('/agent.cjs')) ? 'Loads the agent.' : 'Set; memtop run adds to it.',
    );
  },
};

export const inspector: Check = {
  id: 'inspector',
  title: 'attaching to Node.js',
  purpose: 'memtop collect --attach, and key a',
  cost: 'Node.js programs started without an agent cannot be collected in.',
  run(machine) {
    if (machine.platform === 'win32') return notHere('Needs a signal that Windows does not have.');
    if (!machine.isLive || machine.proc !== '/proc') return notHere('Needs the /proc of this machine.');
    const blocked = blockedPort(new Processes(machine.proc));
    const finding: Finding =
      blocked === undefined
        ? ok(`The port of the inspector is free${traced(machine)}.`)
        : limited(blocked, {
            say: 'Find the process that listens there, and stop debugging it.',
            type: asRoot(machine, 'ss -ltnp'),
          });
    return finding;
  },
};

/** Yama's ptrace_scope restricts debuggers, not memtop: it neither traces nor writes into others. */
function traced({ read }: Machine): string {
  const scope = read('/proc/sys/kernel/yama/ptrace_scope');
  const value = 'text' in scope ? scope.text.trim() : '0';
  return value === '0' ? '' : `; ptrace_scope is ${value}, which does not affect memtop`;
}
