# Completion of memtop for bash 3.2 and later, made by: memtop completion bash
# Load it with: eval "$(memtop completion bash)"

# Names of processes are hostile: of one only what stands before the first character that a shell, or memtop's filter,
# might read as more than a letter is offered, and nothing is evaluated. Kernel threads have no address space (field 23
# of /proc/PID/stat) and are left out.
_memtop_names() {
  local LC_ALL=C IFS=$' \t\n' file line name seen=' '
  local -a fields
  for file in /proc/[1-9]*/comm; do
    IFS= read -r name < "$file" || continue
    name=${name%%[!A-Za-z0-9_.+@-]*}
    [[ $name == [A-Za-z0-9_]* && $name == "$cur"* && $seen != *" $name "* ]] || continue
    seen+="$name "
    IFS= read -r line < "${file%comm}stat" || continue
    line=${line##*) }
    [[ $line == *[!A-Za-z0-9\ -]* ]] && continue
    # The line above leaves nothing that is more than a letter; a here-string would be a file for each process.
    # shellcheck disable=SC2206
    fields=($line)
    [[ ${fields[20]:-0} == 0 ]] || _memtop_keep "$name"
  done 2> /dev/null
}

_memtop_pids() {
  local folder pids=()
  for folder in /proc/[1-9]*; do pids+=("${folder#/proc/}"); done
  _memtop_list "${pids[@]}"
}

# Processes with an agent, by the names of their sockets; where there is none, all.
_memtop_agents() {
  local line found=''
  if [[ " ${line_words[*]} " != *' --attach '* ]]; then
    while IFS= read -r line; do
      [[ $line =~ /memtop[^/]*/([1-9][0-9]*)\.sock$ ]] || continue
      found=1
      _memtop_keep "${BASH_REMATCH[1]}"
    done 2> /dev/null < /proc/net/unix
  fi
  [[ -n $found ]] || { _memtop_pids; _memtop_names; }
}

_memtop_folder() { _memtop_paths -d; }
_memtop_file() { _memtop_paths -f; }
_memtop_anything() { :; }
_memtop_programs() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -c -- "$cur")
}
_memtop_paths() {
  local path
  compopt -o filenames 2> /dev/null
  while IFS= read -r path; do COMPREPLY+=("$before$path"); done < <(compgen "$1" -- "$cur")
}

# Of the words given, those that begin as the one under the cursor does.
_memtop_keep() {
  local word
  for word; do
    if [[ $word == "$cur"* ]]; then
      word=$before$word
      COMPREPLY+=("${word#"$typed"}")
    fi
  done
}

# The same for a list with commas: what is in it already is not offered again.
_memtop_list() {
  local done_before=${cur%"${cur##*,}"} word
  compopt -o nospace 2> /dev/null
  for word; do
    [[ ,$done_before == *",$word,"* ]] || _memtop_keep "$done_before$word"
  done
}

# A column, then its direction.
_memtop_order() {
  if [[ $cur == *:* ]]; then
    _memtop_keep "${cur%%:*}:asc" "${cur%%:*}:desc"
  else
    _memtop_keep "$@"
  fi
}

_memtop_flags() {
  case $1 in
    # @FLAGS@
  esac
}

# The value of a flag: of which command, and of which flag.
_memtop_value() {
  case "$1 $2" in
    # @VALUES@
  esac
}

_memtop_words() {
  case $1 in
    # @WORDS@
  esac
}

# cur is what is being typed, before what has to be put before each answer, typed what readline takes for words of their
# own and keeps: it takes --sort=rss:asc apart at = and at :, which is put together again first.
_memtop() {
  local cur='' before='' typed='' flag='' command='' ended='' word last='' i
  local -a line_words=() places=()
  COMPREPLY=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((${#line_words[@]})) && [[ $word == [=:]* || $last == [=:] ]]; then
      line_words[${#line_words[@]}-1]+=$word
    else
      line_words+=("$word")
      places+=("$i")
    fi
    last=$word
  done
  for ((i = 0; i < ${#line_words[@]} - 1; i++)); do
    word=${line_words[i]}
    if [[ -n $flag ]]; then flag=''; continue; fi
    if [[ -n $ended ]]; then [[ -n $command ]] || command=@DEFAULT@; break; fi
    case $word in
      --) ended=1 ;;
      @VALUED@) flag=$word ;;
      -?*) ;;
      *)
        case $command in
          '') case $word in @NAMES@) command=$word ;; *) command=@DEFAULT@ ;; esac ;;
          @PASSING@) break ;;
        esac
        ;;
    esac
  done
  cur=${line_words[${#line_words[@]}-1]}
  case $command in
    @PASSING@)
      if ((i < ${#line_words[@]} - 1)); then
        if declare -F _command_offset > /dev/null; then
          _command_offset "${places[i]}"
        else
          _memtop_file
        fi
        return
      fi
      ;;
  esac
  if [[ -z $flag && -z $ended && $cur == --*=* ]]; then
    flag=${cur%%=*}
    [[ $cur == "${COMP_WORDS[COMP_CWORD]}" ]] && before=$flag=
    cur=${cur#*=}
  fi
  if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then typed=${cur%"${cur##*:}"}; fi
  if [[ -n $flag ]]; then
    _memtop_value "${command:-@DEFAULT@}" "$flag"
  elif [[ $cur == -* && -z $ended ]]; then
    _memtop_flags "${command:-@DEFAULT@}"
  else
    [[ -n $command || -n $ended ]] || _memtop_keep @COMMANDS@
    _memtop_words "${command:-@DEFAULT@}"
  fi
}

complete -F _memtop memtop
