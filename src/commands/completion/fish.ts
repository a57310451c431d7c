// The completion script for fish 3. Names of processes are hostile: see LIVE.
import type { CompletedCommand, CompletedFlag, ShellGrammar, Words } from './grammar.ts';

/** One `complete` line for each flag of each command, and for their words. */
export function fishScript({ commands }: ShellGrammar): string {
  const [first] = commands as [CompletedCommand];
  const valued = commands.flatMap(({ flags }) => flags.flatMap(({ names, value }) => (value ? names : [])));
  const passing = commands.flatMap(({ name, passThrough }) => (passThrough ? [name] : []));
  return [
    '# Completion of memtop for fish, made by: memtop completion fish',
    '# Keep it as ~/.config/fish/completions/memtop.fish, or load it with: memtop completion fish | source',
    LIVE,
    MAIN.replaceAll('@VALUED@', [...new Set(valued)].join(' '))
      .replaceAll('@NAMES@', commands.map(({ name }) => name).join(' '))
      .replaceAll('@PASSING@', passing.join(' '))
      .replaceAll('@DEFAULT@', first.name),
    'complete -c memtop -f',
    ...commands.map(({ name, summary }) => `complete -c memtop -n __memtop_is_first -a ${name} -d ${quoted(summary)}`),
    ...commands.flatMap(commandLines),
    '',
  ].join('\n');
}

function commandLines({ name, flags, words, passThrough }: CompletedCommand): string[] {
  const condition = quoted(`__memtop_in ${name}`);
  const lines = flags.map((flag) => `complete -c memtop -n ${condition} ${flagForm(flag)}`);
  if (words === undefined) return lines;
  const files = passThrough ? '-F ' : '';
  return [...lines, `complete -c memtop -n ${condition} ${files}-a ${quoted(source(words))}`];
}

function flagForm({ names, meaning, value }: CompletedFlag): string {
  const forms = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ');
  if (value === undefined) return `${forms} -d ${quoted(meaning)}`;
  const { words } = value;
  const files = words.kind === 'file' || words.kind === 'folder' ? '-r' : '-x';
  return `${forms} ${files} -a ${quoted(source(words))} -d ${quoted(meaning)}`;
}

/** What fish evaluates for the words: our own functions, or words of the tables with a tab before their meaning. */
function source(words: Words): string {
  if (words.kind !== 'choices') return `(__memtop_${words.kind})`;
  const choices = words.choices.map(({ word, meaning = '' }) => quoted(`${word}\t${meaning}`)).join(' ');
  return `(__memtop_${words.form} ${choices})`;
}

/** In single quotes fish reads a backslash before a quote or a backslash, and nothing else. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

/**
 * What only the machine can tell. A process may be called anything: of its name only what stands before the first
 * character that a shell, or memtop's filter, might read as more than a letter is offered, and nothing is evaluated.
 * Kernel threads have no address space (field 23 of /proc/PID/stat) and are left out.
 */
const LIVE = `
# Pid, tab, name, a process a line.
function __memtop_live
    cat /proc/*/stat 2>/dev/null | string replace -rf '^(?!\\d+ \\(cat\\) . '$fish_pid' )([1-9][0-9]*) \\(([A-Za-z0-9_][A-Za-z0-9_.+@-]*).*\\) [A-Z](?: -?[0-9]+){19} [1-9].*' '$1\\t$2'
end

function __memtop_names
    __memtop_live | string replace -r '.*\\t' '' | sort -u
end

function __memtop_pids
    __memtop_list (__memtop_live)
end

# Processes with an agent, by the names of their sockets; where there is none, all.
function __memtop_agents
    set -l found
    if not contains -- --attach (commandline -opc); and test -r /proc/net/unix
        set found (string replace -rf '.*/memtop[^/]*/([1-9][0-9]*)\\.sock$' '$1' < /proc/net/unix)
    end
    if set -q found[1]
        printf '%s\\n' $found
    else
        __memtop_live
        __memtop_names
    end
end

function __memtop_one
    printf '%s\\n' $argv
end

# What stands in the word under the cursor before what is being typed.
function __memtop_before
    string match -r -- $argv[1] (commandline -ct | string replace -r '^--[a-z-]+=' '')
end

# A list with commas: what is in it already is not offered again.
function __memtop_list
    set -l before (__memtop_before '^.*,')
    for choice in $argv
        set -l word (string split -m 1 \\t -- $choice)[1]
        contains -- $word (string split , -- "$before"); or printf '%s\\n' "$before"$choice
    end
end

# A column, then its direction.
function __memtop_order
    set -l before (__memtop_before '^.*:')
    if set -q before[1]
        printf '%s\\n' {$before}asc {$before}desc
    else
        printf '%s\\n' $argv
    end
end

function __memtop_folder
    __fish_complete_directories (commandline -ct | string replace -r '^--[a-z-]+=' '')
end

function __memtop_file
end

function __memtop_anything
end

function __memtop_programs
    __fish_complete_subcommand --fcs-skip=2
end
`;

const MAIN = `# The command of the line so far; nothing while none of its words is bare.
function __memtop_command
    set -l flag
    for word in (commandline -opc)[2..-1]
        if set -q flag[1]
            set -e flag
            continue
        end
        switch $word
            case --
                echo @DEFAULT@
                return
            case @VALUED@
                set flag $word
            case '-?*'
                continue
            case @NAMES@
                echo $word
                return
            case '*'
                echo @DEFAULT@
                return
        end
    end
end

function __memtop_is_first
    test -z (__memtop_command)
end

function __memtop_in
    set -l command (__memtop_command)
    test -n "$command"; or set command @DEFAULT@
    test "$command" = $argv[1]
end
`;
