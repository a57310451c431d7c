// The texts of a process's identity, cleaned once and cached as long as the identity exists.
import { clean } from '../../text/clean.ts';
import type { Identity } from '../snapshot/snapshot.ts';

const PROGRAM_FOLDER = /^\/[^ ]*\/(?=[^ /])/;
const INTERPRETER =
  '(?:node(?:js)?|bun|deno|python[\\d.]*|pypy[\\d.]*|ruby[\\d.]*|perl[\\d.]*|php[\\d.]*|lua[\\d.]*|bash|dash|zsh|ksh|sh)';
/** An interpreter and its options, then the folder of its script. */
const SCRIPT_FOLDER = new RegExp(`^(${INTERPRETER}(?: -\\S+)* )/\\S*/(?=[^\\s/])`);
/** An interpreter, options without an argument (unlike `-c`, `-e`, `-m` and `-r`), then a script. */
const SCRIPT = new RegExp(`^${INTERPRETER}(?: -(?![cermpI] )[\\w-]+(?:=\\S*)?)* [^-\\s]\\S*`);

/** The most characters of a command that a screen draws; a filter searches all of it. */
const LONGEST_DRAWN = 4096;

/** Maximum length of a text that a screen draws; its width is measured with every frame. */
export function drawnPart(text: string): string {
  if (text.length <= LONGEST_DRAWN) return text;
  const isCutInTwo = (text.charCodeAt(LONGEST_DRAWN - 1) & 0xfc00) === 0xd800;
  return text.slice(0, LONGEST_DRAWN - Number(isCutInTwo));
}

/** The base name of the program that was started; the kernel's name where there is no command. */
function programName({ name, command }: Identity): string {
  const [path = ''] = command.slice(0, LONGEST_DRAWN).split(' ', 1);
  return path.slice(path.lastIndexOf('/') + 1) || name;
}

/** The cleaned texts of one identity, each made when it is first needed. */
export class Label {
  readonly who: Identity;
  #name: string | undefined;
  #command: string | undefined;
  #short: string | undefined;
  #search: string | undefined;
  #whole: string | undefined;

  constructor(who: Identity) {
    this.who = who;
  }

  /**
   * The kernel's name of the process (comm of proc_pid_comm(5)); that of its program where Node.js has named the main
   * thread, and so the process, `MainThread` (since 23).
   */
  get name(): string {
    this.#name ??= clean(this.who.name === 'MainThread' ? programName(this.who) : this.who.name);
    return this.#name;
  }

  get user(): string {
    return clean(this.who.user ?? '');
  }

  /** The whole command line; the name in brackets for what has none, as ps and top write it. */
  get command(): string {
    this.#command ??= this.who.command === '' ? `[${this.name}]` : clean(this.who.command);
    return this.#command;
  }

  /** The command line as drawn without the folders of its program and of the script that an interpreter runs. */
  get shortCommand(): string {
    this.#short ??= drawnPart(this.command).replace(PROGRAM_FOLDER, '').replace(SCRIPT_FOLDER, '$1');
    return this.#short;
  }

  /** The program, and the script where it is an interpreter: `node leak.cjs`; the kernel's name where there is no command. */
  get program(): string {
    if (this.who.command === '') return this.name;
    const words = this.shortCommand.split(' ');
    const isInterpreter = SCRIPT.test(this.shortCommand);
    const script = isInterpreter ? words.slice(1).find((word) => !word.startsWith('-')) : undefined;
    const program = (words[0] ?? '').replace(/:$/, '') || this.name;
    return script === undefined ? program : `${program} ${script}`;
  }

  /** Name and command on a line each, for patterns to search. */
  get whole(): string {
    this.#whole ??= `${this.name}\n${this.command}`;
    return this.#whole;
  }

  /** The same in lower case, for the words of a filter. */
  get search(): string {
    this.#search ??= `${this.name}\n${this.command}`.toLowerCase();
    return this.#search;
  }
}
