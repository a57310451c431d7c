#compdef memtop
# Completion of memtop for zsh, made by: memtop completion zsh
# Put it into a folder of $fpath as _memtop, or load it with: source <(memtop completion zsh)

# Names of processes are hostile: of one only what stands before the first character that a shell, or memtop's filter,
# might read as more than a letter is offered, and nothing is evaluated. Kernel threads have no address space (field 23
# of /proc/PID/stat) and are left out.

# Fills live_pids and live_names.
_memtop_live() {
  emulate -L zsh
  local LC_ALL=C file line name
  local -a fields
  for file in /proc/<1->/stat(N); do
    { line=$(<$file) } 2> /dev/null || continue
    fields=(${=line##*\) })
    name=${line#*\(}
    name=${name%%[^A-Za-z0-9_.+@-]*}
    [[ $name == [A-Za-z0-9_]* && ${fields[21]:-0} != 0 ]] || continue
    live_pids+=(${file:h:t})
    live_names+=($name)
  done
}

_memtop_names() {
  local -a live_pids live_names
  _memtop_live
  compadd -X 'name' -- ${(u)live_names}
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
    for line in ${(f)"$(</proc/net/unix)"}; do
      [[ $line =~ '/memtop[^/]*/([1-9][0-9]*)[.]sock$' ]] && found+=($match[1])
    done
  fi
  if (( $#found )); then compadd -X 'process with an agent' -- $found; else _memtop_pids; _memtop_names; fi
}

_memtop_folder() { _files -/ }
_memtop_file() { _files }
_memtop_anything() { _message value }
_memtop_programs() { _normal }

# @CHOICES@
_memtop_first() {
  [[ -n $is_named ]] || _memtop_commands
  _memtop_names
}

# The word that names the command is taken out, so that what is left is that command's own line.
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
            words=("${(@)words[1,i-1]}" "${(@)words[i+1,-1]}")
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
        words=("${(@)words[i,-1]}")
        (( CURRENT -= i - 1 ))
        _normal
        return
      done
      ;;
  esac
  case $command in
    # @CASES@
  esac
}

if [[ $funcstack[1] == _memtop ]]; then _memtop "$@"; else compdef _memtop memtop; fi
