// The completion script for zsh. Names of processes are hostile: see LIVE.
import type { CompletedCommand, CompletedFlag, CompletionChoice, ShellGrammar, Words } from './grammar.ts';

/** A file for a folder of `fpath`, which can also be evaluated. */
export function zshScript({ commands, flags }: ShellGrammar): string {
  const [first] = commands as [CompletedCommand];
  const passing = commands.flatMap(({ name, passThrough }) => (passThrough ? [name] : []));
  const valued = commands.flatMap(({ flags }) => flags.flatMap(({ names, value }) => (value ? names : [])));
  return [
    '#compdef memtop',
    '# Completion of memtop for zsh, made by: memtop completion zsh',
    '# Put it into a folder of $fpath as _memtop, or load it with: source <(memtop completion zsh)',
    LIVE,
    choicesFunction('_memtop_commands', 'command', commands.map(commandChoice), OFFERED.one),
    ...flags.flatMap(valueFunction),
    MAIN.replaceAll('@VALUED@', [...new Set(valued)].join('|'))
      .replaceAll('@NAMES@', commands.map(({ name }) => name).join('|'))
      .replaceAll('@PASSING@', passing.join('|') || '-')
      .replaceAll('@DEFAULT@', first.name)
      .replaceAll('@CASES@', commands.map((command) => commandCase(command, command === first)).join('\n')),
  ].join('\n');
}

function commandChoice({ name, summary }: CompletedCommand): CompletionChoice {
  return { word: name, meaning: summary };
}

function commandCase({ name, flags, words, passThrough }: CompletedCommand, isFirst: boolean): string {
  const specs = flags.map(flagSpec);
  if (words !== undefined) specs.push(quoted(`*:${isFirst ? 'filter' : 'word'}:${action(words, [], isFirst)}`));
  const mode = passThrough ? '-A "-*" ' : '';
  return `    ${name})\n      _arguments -s ${mode}: \\\n${specs.map((spec) => `        ${spec}`).join(' \\\n')}\n      ;;`;
}

/** `'(-d --interval)'{-d+,--interval=}'[meaning]:time:action'`: both ways of writing it, never twice. */
function flagSpec({ names, meaning, value }: CompletedFlag): string {
  const forms = names.map((name) => (value === undefined ? name : `${name}${name.startsWith('--') ? '=' : '+'}`));
  const rest = `[${meaning.replace(/[[\]\\:]/g, '\\$&')}]${value === undefined ? '' : `:${value.placeholder}:${action(value.words, names)}`}`;
  if (forms.length === 1) return quoted(`${forms[0]}${rest}`);
  return `${quoted(`(${names.join(' ')})`)}{${forms.join(',')}}${quoted(rest)}`;
}

function action(words: Words, names: readonly string[], isFirst = false): string {
  if (isFirst) return '_memtop_first';
  if (words.kind !== 'choices') return `_memtop_${words.kind}`;
  if (isExplained(words)) return functionOf(names);
  return `(${words.choices.map(({ word }) => word).join(' ')})`;
}

/** Whether the choices have meanings, or can follow one another: a function of their own offers those. */
function isExplained({ choices }: Extract<Words, { kind: 'choices' }>): boolean {
  return choices.some(({ meaning }) => meaning !== undefined);
}

function functionOf(names: readonly string[]): string {
  return `_memtop_value${names.at(-1)?.replace(/^-+/, '_').replaceAll('-', '_')}`;
}

function valueFunction({ names, value }: CompletedFlag): string[] {
  if (value?.words.kind !== 'choices' || !isExplained(value.words)) return [];
  const { choices, form } = value.words;
  return [choicesFunction(functionOf(names), value.placeholder, choices, OFFERED[form])];
}

/** What comes before the choices are offered. */
const OFFERED = {
  one: '',
  list: `  local -a used=(\${(s:,:)PREFIX})
  if compset -P '*,'; then
    for word in $used; do choices=(\${choices:#$word:*}); done
  fi
`,
  order: "  if compset -P '*:'; then compadd asc desc; return; fi\n",
} as const;

function choicesFunction(name: string, what: string, choices: readonly CompletionChoice[], before: string): string {
  const pairs = choices.map(({ word, meaning = '' }) => quoted(`${word}:${meaning}`));
  const list = pairs.map((pair) => `    ${pair}`).join('\n');
  const end = `  _describe -t ${what}s ${what} choices${before === OFFERED.list ? " -S '' -q" : ''}`;
  return `${name}() {\n  local word\n  local -a choices=(\n${list}\n  )\n${before}${end}\n}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * What only the machine can tell. A process may be called anything: of its name only what stands before the first
 * character that a shell, or memtop's filter, might read as more than a letter is offered, and nothing is evaluated.
 * Kernel threads have no address space (field 23 of /proc/PID/stat) and are left out.
 */
const LIVE = `
# Fills live_pids and live_names.
_memtop_live() {
  emulate -L zsh
  local LC_ALL=C file line name
  local -a fields
  for file in /proc/<1->/stat(N); do
    { line=$(<$file) } 2> /dev/null || continue
    fields=(\${=line##*\\) })
    name=\${line#*\\(}
    name=\${name%%[^A-Za-z0-9_.+@-]*}
    [[ $name == [A-Za-z0-9_]* && \${fields[21]:-0} != 0 ]] || continue
    live_pids+=(\${file:h:t})
    live_names+=($name)
  done
}

_memtop_names() {
  local -a live_pids live_names
  _memtop_live
  compadd -X 'name' -- \${(u)live_names}
}

_memtop_pids() {
  local -a live_pids live_names choices
  local i
  _memtop_live
  compset -P '*,'
  for ((i = 1; i <= $#live_pids; i++)); do choices+=("$live_pids[i]:$live_names[i]"); done
  _describe -t pids 'process id' choices -S '' -q
}

# Processes with an agent, by the names of their sockets; where there is none, all.
_memtop_agents() {
  local line
  local -a found match mbegin mend
  if [[ -z $words[(r)--attach] && -r /proc/net/unix ]]; then
    for line in \${(f)"$(</proc/net/unix)"}; do
      [[ $line =~ '/memtop[^/]*/([1-9][0-9]*)[.]sock$' ]] && found+=($match[1])
    done
  fi
  if (( $#found )); then compadd -X 'process with an agent' -- $found; else _memtop_pids; _memtop_names; fi
}

_memtop_folder() { _files -/ }
_memtop_file() { _files }
_memtop_anything() { _message value }
_memtop_programs() { _normal }
`;

/** The word that names the command is taken out, so that what is left is that command's own line. */
const MAIN = `_memtop_first() {
  [[ -n $is_named ]] || _memtop_commands
  _memtop_names
}

_memtop() {
  local command=@DEFAULT@ is_named='' word='' flag='' i curcontext=$curcontext
  for ((i = 2; i < CURRENT; i++)); do
    word=$words[i]
    if [[ -n $flag ]]; then flag=''; continue; fi
    case $word in
      --) is_named=1; break ;;
      @VALUED@) flag=$word ;;
      -?*) ;;
      *)
        is_named=1
        case $word in
          @NAMES@)
            command=$word
            words=("\${(@)words[1,i-1]}" "\${(@)words[i+1,-1]}")
            (( CURRENT-- ))
            ;;
        esac
        break
        ;;
    esac
  done
  case $command in
    @PASSING@)
      # From the first bare word on the line is another program's.
      for ((; i < CURRENT; i++)); do
        [[ $words[i] == -?* ]] && continue
        words=("\${(@)words[i,-1]}")
        (( CURRENT -= i - 1 ))
        _normal
        return
      done
      ;;
  esac
  case $command in
@CASES@
  esac
}

if [[ $funcstack[1] == _memtop ]]; then _memtop "$@"; else compdef _memtop memtop; fi
`;
