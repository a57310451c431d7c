# Completion of memtop for fish 3, made by: memtop completion fish
# Keep it as ~/.config/fish/completions/memtop.fish, or load it with: memtop completion fish | source

# Names of processes are hostile: of one only what stands before the first character that a shell, or memtop's filter,
# might read as more than a letter is offered, and nothing is evaluated. Kernel threads have no address space (field 23
# of /proc/PID/stat) and are left out.

# Pid, tab, name, a process a line.
function __memtop_live
    cat /proc/*/stat 2>/dev/null | string replace -rf '^(?!\d+ \(cat\) . '$fish_pid' )([1-9][0-9]*) \(([A-Za-z0-9_][A-Za-z0-9_.+@-]*).*\) [A-Z](?: -?[0-9]+){19} [1-9].*' '$1\t$2'
end

function __memtop_names
    __memtop_live | string replace -r '.*\t' '' | sort -u
end

function __memtop_pids
    __memtop_list (__memtop_live)
end

# Processes with an agent, by the names of their sockets; where there is none, all.
function __memtop_agents
    set -l found
    if not contains -- --attach (commandline -opc); and test -r /proc/net/unix
        set found (string replace -rf '.*/memtop[^/]*/([1-9][0-9]*)\.sock$' '$1' < /proc/net/unix)
    end
    if set -q found[1]
        printf '%s\n' $found
    else
        __memtop_live
        __memtop_names
    end
end

function __memtop_one
    printf '%s\n' $argv
end

# What stands in the word under the cursor before what is being typed.
function __memtop_before
    string match -r -- $argv[1] (commandline -ct | string replace -r '^--[a-z-]+=' '')
end

# A list with commas: what is in it already is not offered again.
function __memtop_list
    set -l before (__memtop_before '^.*,')
    for choice in $argv
        set -l word (string split -m 1 \t -- $choice)[1]
        contains -- $word (string split , -- "$before"); or printf '%s\n' "$before"$choice
    end
end

# A column, then its direction.
function __memtop_order
    set -l before (__memtop_before '^.*:')
    if set -q before[1]
        printf '%s\n' {$before}asc {$before}desc
    else
        printf '%s\n' $argv
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

# The command of the line so far; nothing while none of its words is bare.
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

complete -c memtop -f
# @COMMANDS@
