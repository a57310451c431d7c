"""memtop's agent for Python: answers questions about this process's memory, and makes it collect.

One file, the standard library's C modules only, Python 3.6 to 3.14. Ways to load it:

    memtop run -- python script.py          by the environment, children included
    python -m memtop_agent script.py ...    also "-m module" and "-c code"; this file on PYTHONPATH
    import memtop_agent; memtop_agent.start()
    a line in a .pth file in site-packages, which never keeps Python from starting:
        import sys; exec("try:\\n import memtop_agent; memtop_agent.start()\\nexcept Exception: pass")

A daemon thread listens on a Unix socket, <pid>.sock in a folder that only its owner may enter, and speaks
JSON-RPC 2.0, one message a line. It sleeps in poll(2) until a request comes. Collections run in that thread,
so do the __del__ methods and weak reference callbacks of what they free. It prints nothing, handles no
signal, raises nothing into the program, does not delay its exit, and comes up again in forked children.

Importing it starts nothing. start() does; stats() and collect() work without it.

What site/sitecustomize.py relies on when it loads this file for `memtop run` (a test checks it):
- Each section begins with a line "# --- " in the first column and compiles by itself: the sections are compiled and run
  one after another in one namespace.
- Every module imported here at the top is a C module, and is imported there before the thread that loads this.
- allocate_lock, get_ident, poll, sleep and start_new_thread are names of this module: they are set again to what they
  were before gevent or eventlet could replace them.
- It calls start_here(begun), quieten_fork() and, in Python 3.6, start().
"""

import atexit
import errno
import gc
import os
import sys

# Only C modules, and names taken from them before another library can replace them (gevent, eventlet). `json`,
# `socket` and `threading` would cost 10 to 20 ms, and they, or what they import, would be looked for next to the
# script: a file called json.py lying there would be run, or hidden from the script.
from _thread import allocate_lock, get_ident, start_new_thread
from time import clock_gettime, perf_counter, sleep, time

import _signal

try:
    import _socket
    import select
    from select import poll
except ImportError:  # Without them there is no agent, and the program runs as usual.
    _socket = select = poll = None
try:
    import _tracemalloc
except ImportError:
    _tracemalloc = None

PROTOCOL = 1
VERSION = '0.1.0'
LINE_LIMIT = 64 * 1024  # bytes in one request
UNREAD_LIMIT = 256 * 1024  # bytes a client may leave unread before nothing more is read from it
CLIENT_LIMIT = 128
REQUESTS_PER_TURN = 16  # of one client, before the others have their turn
REQUESTS_PER_SECOND = 1000  # of all clients; beyond it the agent sleeps, so that a flood costs the program little
STALL_LIMIT = 30.0  # seconds until a client with half a line or unread answers is closed
DEPTH_LIMIT = 32  # nested containers in a request
PATH_LIMIT = 100  # bytes; sun_path holds 108 on Linux, 104 elsewhere (unix(7))
START_DELAY = 0.1  # seconds; what ends sooner, or changes its user right after a fork, is left in peace
COUNT_LIMIT = 256 * 1024 * 1024  # bytes of RSS (or of tracemalloc's tables) above which objects are not counted
LEVELS = ('minor', 'full', 'reclaim')
NOTE_EVERY = 1.0  # seconds between two notes of a program that `memtop run` follows
TIMED_PER_NOTE = 100  # collections that are timed between two notes: timing each of them would cost up to a tenth
LAST_COLLECT_BLOCKS = 10 * 1000 * 1000  # blocks of small objects with which a last collection stays below two seconds
LAST_COLLECT_RSS = 1024 * 1024 * 1024  # bytes, the same where blocks are not counted
WORTHWHILE = 0.02  # of RSS or of small objects: a round that frees less is the last

# JSON-RPC 2.0's own codes, and from -32001 on those of this protocol.
NOT_JSON, INVALID_REQUEST, UNKNOWN_METHOD, INVALID_PARAMS, INTERNAL = -32700, -32600, -32601, -32602, -32603
OTHER_PROTOCOL, TOO_LONG, UNSUPPORTED, REFUSED = -32001, -32002, -32003, -32004


class Refusal(Exception):
    """An answer that is an error: a JSON-RPC code and a sentence."""

    def __init__(self, code, sentence):
        Exception.__init__(self, sentence)
        self.code = code
        self.sentence = sentence


# --- JSON (RFC 8259), small because the json package may not be imported here; see above. ---------------

_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
_WORDS = (('true', True), ('false', False), ('null', None))
_UNSAFE = dict((code, '\\u%04x' % code) for code in list(range(32)) + [34, 92, 127])


def read_json(text):
    """The value that a JSON text stands for. Raises ValueError for anything else."""
    try:
        value, at = _read_value(text, _skip_space(text, 0), 0)
    except IndexError:
        raise ValueError('the text ends too early')
    if _skip_space(text, at) != len(text):
        raise ValueError('something follows the value')
    return value


def _skip_space(text, at):
    while at < len(text) and text[at] in ' \t\r\n':
        at += 1
    return at


def _read_value(text, at, depth):
    first = text[at]
    if first == '"':
        return _read_string(text, at + 1)
    if first == '{' or first == '[':
        if depth == DEPTH_LIMIT:
            raise ValueError('nested too deep')
        return (_read_object if first == '{' else _read_array)(text, at + 1, depth + 1)
    for word, value in _WORDS:
        if text.startswith(word, at):
            return value, at + len(word)
    return _read_number(text, at)


def _read_array(text, at, depth):
    items = []
    at = _skip_space(text, at)
    if text[at] == ']':
        return items, at + 1
    while True:
        value, at = _read_value(text, _skip_space(text, at), depth)
        items.append(value)
        at = _skip_space(text, at)
        if text[at] == ']':
            return items, at + 1
        if text[at] != ',':
            raise ValueError('no comma between two items')
        at += 1


def _read_object(text, at, depth):
    members = {}
    at = _skip_space(text, at)
    if text[at] == '}':
        return members, at + 1
    while True:
        at = _skip_space(text, at)
        if text[at] != '"':
            raise ValueError('a name is not a string')
        name, at = _read_string(text, at + 1)
        at = _skip_space(text, at)
        if text[at] != ':':
            raise ValueError('no colon after a name')
        members[name], at = _read_value(text, _skip_space(text, at + 1), depth)
        at = _skip_space(text, at)
        if text[at] == '}':
            return members, at + 1
        if text[at] != ',':
            raise ValueError('no comma between two members')
        at += 1


def _read_string(text, at):
    parts = []
    while True:
        character = text[at]
        at += 1
        if character == '"':
            # A pair of \u escapes may stand for one character; a half of one is replaced.
            return ''.join(parts).encode('utf-16-le', 'surrogatepass').decode('utf-16-le', 'replace'), at
        if character < ' ':
            raise ValueError('a control character in a string')
        if character == '\\':
            character = text[at]
            at += 1
            if character == 'u':
                digits = text[at:at + 4]
                if len(digits) < 4 or digits.strip('0123456789abcdefABCDEF'):
                    raise ValueError('an unfinished escape')
                character = chr(int(digits, 16))
                at += 4
            elif character in _ESCAPES:
                character = _ESCAPES[character]
            else:
                raise ValueError('an unknown escape')
        parts.append(character)


def _read_number(text, at):
    end = at
    while end < len(text) and end - at < 40 and text[end] in '+-.0123456789eE':
        end += 1
    word = text[at:end]
    if word[:1] not in tuple('-0123456789'):
        raise ValueError('not a value')
    number = float(word)
    if number - number != 0:
        raise ValueError('a number out of range')
    return (int(word) if word.lstrip('-').isdigit() else number), end


def write_json(value):
    """The JSON text of a value built of None, bool, int, float, str, list, tuple and dict."""
    if value is None:
        return 'null'
    if value is True or value is False:
        return 'true' if value else 'false'
    if isinstance(value, str):
        return '"' + value.translate(_UNSAFE) + '"'
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return repr(value) if value - value == 0 else 'null'
    if isinstance(value, dict):
        return '{' + ','.join(write_json(name) + ':' + write_json(item) for name, item in value.items()) + '}'
    return '[' + ','.join(write_json(item) for item in value) + ']'


def _known(members):
    """The members that are known: what could not be measured is left out, never zero."""
    return dict((name, value) for name, value in members.items() if value is not None)


def _encode(message):
    # A half of a surrogate pair (an undecodable file name) becomes its \u escape, which is valid JSON.
    return (write_json(message) + '\n').encode('utf-8', 'backslashreplace')


# --- Facts about this process. ---------------------------------------------------------------------------

_LOADED = perf_counter()


def _read_proc(name):
    descriptor = os.open('/proc/self/' + name, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, 4096).decode('ascii', 'replace')
    finally:
        os.close(descriptor)


def _stat_field(number):
    """A numeric field of /proc/self/stat as proc_pid_stat(5) counts them, beyond the name; None without /proc."""
    try:
        return int(_read_proc('stat').rpartition(')')[2].split()[number - 3])
    except (OSError, ValueError, IndexError):
        return None


def _rss():
    """Resident bytes (field 2 of /proc/self/statm, in pages); None where there is no /proc."""
    try:
        return int(_read_proc('statm').split()[1]) * os.sysconf('SC_PAGE_SIZE')
    except (OSError, ValueError, IndexError):
        return None


def _uptime():
    """Milliseconds since this process began; without /proc since the agent was loaded."""
    start = _stat_field(22)
    if start is None:
        return round((perf_counter() - _LOADED) * 1000)
    boottime = 7  # CLOCK_BOOTTIME, the clock of starttime; Python names it from 3.7 on
    return round(clock_gettime(boottime) * 1000 - start * 1000.0 / os.sysconf('SC_CLK_TCK'))


def _in_main_interpreter():
    """Whether this is not a subinterpreter, which could not be ended with our thread in it."""
    if sys.version_info < (3, 8):
        return True  # It cannot tell.
    if sys.version_info < (3, 13):
        import _xxsubinterpreters as interpreters
    else:
        import _interpreters as interpreters
    return interpreters.get_current() == interpreters.get_main()


def _socket_folders():
    """Where the socket may be, the best first, and whether the folder above must be our own."""
    runtime = os.environ.get('XDG_RUNTIME_DIR', '').rstrip('/')
    if runtime.startswith('/'):
        yield runtime + '/memtop', True
    yield '/tmp/memtop-%d' % os.geteuid(), False
    cache = os.environ.get('XDG_CACHE_HOME', '').rstrip('/')
    home = os.environ.get('HOME', '').rstrip('/')
    if not cache.startswith('/') and home.startswith('/'):
        cache = home + ('/Library/Caches' if sys.platform == 'darwin' else '/.cache')
    if cache.startswith('/'):
        yield cache + '/memtop', True


def _is_private(folder, own_parent):
    """Makes the folder where it is missing; whether it is really one, our own, and closed to others."""
    try:
        if own_parent and os.stat(os.path.dirname(folder)).st_uid != os.geteuid():
            return False
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:
            pass
        status = os.lstat(folder)
    except (OSError, ValueError):
        return False
    # The type is in the upper four bits of the mode (inode(7)); 4 is a directory.
    return status.st_mode >> 12 == 4 and status.st_uid == os.geteuid() and not status.st_mode & 0o077


# --- What can be measured and done. ----------------------------------------------------------------------


class Tally(object):
    """Collections by generation, how many and how long, since it was made or last taken."""

    def __init__(self):
        self.rows = {}

    def add(self, generation, spent):
        count, total, longest = self.rows.get(generation, (0, 0.0, 0.0))
        self.rows[generation] = (count + 1, total + spent, max(longest, spent))

    def take(self):
        rows, self.rows = self.rows, {}
        return _tally_members(rows)


def _tally_members(rows):
    return dict(('gen%d' % generation, {'count': count, 'ms': round(total, 3), 'maxMs': round(longest, 3)})
                for generation, (count, total, longest) in sorted(rows.items()))


class GcWatch(object):
    """Counts and times collections through gc.callbacks, only while a client is subscribed."""

    def __init__(self):
        self.clock = perf_counter
        self.total = Tally()
        self.listeners = ()
        self.began = None  # of the collection that runs
        self.since = None  # it watches
        self.watched = 0.0  # seconds, before `since`

    def __call__(self, phase, info):
        # In whichever thread collects, maybe while the interpreter ends: nothing may come out of here.
        try:
            if phase == 'start':
                self.began = self.clock()
            elif self.began is not None:
                spent = (self.clock() - self.began) * 1000
                self.began = None
                for tally in (self.total,) + self.listeners:
                    tally.add(info['generation'], spent)
        except Exception:
            pass

    def listen(self):
        """A tally that is kept up to date until `leave`."""
        tally = Tally()
        self.listeners += (tally,)
        if self.since is None:
            self.since = self.clock()
            gc.callbacks.append(self)
        return tally

    def leave(self, tally):
        self.listeners = tuple(other for other in self.listeners if other is not tally)
        if not self.listeners and self.since is not None:
            self.watched += self.clock() - self.since
            self.since = None
            if self in gc.callbacks:
                gc.callbacks.remove(self)

    def members(self):
        """`gc` and `gcObserved` of stats; nothing before the first subscription."""
        watched = self.watched + (0 if self.since is None else self.clock() - self.since)
        return {'gc': _tally_members(self.total.rows), 'gcObserved': round(watched * 1000)} if watched else {}


def _generations():
    """What gc.get_stats() says of each generation, youngest first; None where it says something else (PyPy)."""
    try:
        return [dict((name, int(row[name])) for name in ('collections', 'collected', 'uncollectable'))
                for row in gc.get_stats()]
    except (AttributeError, TypeError, KeyError, ValueError):
        return None


def _tracing():
    """The C half of tracemalloc when the program runs it, or None; asking does not import the other half."""
    return _tracemalloc if _tracemalloc is not None and _tracemalloc.is_tracing() else None


def stats():
    """The memory of this process as numbers: a dictionary, sizes in bytes; what is not known is absent."""
    tracing = _tracing()
    current, peak = tracing.get_traced_memory() if tracing else (None, None)
    return _known({
        'rss': _rss(),
        'uptime': _uptime(),
        'sinceCollect': None if life.collected is None else round((perf_counter() - life.collected) * 1000),
        'generations': _generations(),
        'counts': list(gc.get_count()) if hasattr(gc, 'get_count') else None,
        'thresholds': list(gc.get_threshold()) if hasattr(gc, 'get_threshold') else None,
        'uncollectable': len(gc.garbage),
        'frozen': gc.get_freeze_count() if hasattr(gc, 'get_freeze_count') else None,
        'gcEnabled': gc.isenabled(),
        'traced': current,
        'tracedPeak': peak,
        'tracedOverhead': tracing.get_tracemalloc_memory() if tracing else None,
        'blocks': life.blocks.read(),
    })


class _Blocks(object):
    """How many blocks Python's own allocator has given out.

    From Python 3.9 on counting them goes through all its pools: 0.1 to 0.5 ms for 300 MB, more where they lie in no cache.
    So it is done again only when a thousand times as long as it took has passed.
    """

    def __init__(self):
        self.count = None
        self.due = 0.0  # by perf_counter

    def read(self):
        began = perf_counter()
        if began >= self.due and hasattr(sys, 'getallocatedblocks'):
            self.count = sys.getallocatedblocks()
            now = perf_counter()
            self.due = now + 1000 * (now - began)
        return self.count


def _census(malloc_used):
    """stats, with blocks as of now and what malloc has given out: too dear to count every second."""
    result = stats()
    if hasattr(sys, 'getallocatedblocks'):
        result['blocks'] = sys.getallocatedblocks()
    if malloc_used is not None:
        result['mallocUsed'] = malloc_used()
    return result


def _find_malloc_used():
    """A function for the bytes that malloc has given out (mallinfo2(3), glibc 2.33 on), or None."""
    try:
        import ctypes
        names = 'arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost'.split()
        fields = [(name, ctypes.c_size_t) for name in names]
        mallinfo2 = ctypes.CDLL(None).mallinfo2
        mallinfo2.argtypes = []
        mallinfo2.restype = type('mallinfo2', (ctypes.Structure,), {'_fields_': fields})

        def used():
            info = mallinfo2()
            return info.uordblks + info.hblkhd
        return used
    except Exception:
        return None


def _find_trim():
    """malloc_trim(3) of glibc as a function, or None. Looked for when it is needed: ctypes is not small."""
    try:
        import ctypes
        trim = ctypes.CDLL(None).malloc_trim
        trim.argtypes = [ctypes.c_size_t]
        trim.restype = ctypes.c_int
        return trim
    except Exception:
        return None


def _has_trim():
    try:
        return os.confstr('CS_GNU_LIBC_VERSION') is not None
    except (AttributeError, OSError, ValueError):
        return False


class _Steps(object):
    """The list of what was done: name, milliseconds, RSS afterwards."""

    def __init__(self):
        self.done = []

    def run(self, name, action):
        began = perf_counter()
        result = action()
        spent = (perf_counter() - began) * 1000
        self.done.append(_known({'name': name, 'ms': round(spent, 3), 'rss': _rss()}))
        return result


def _occupied():
    """RSS in bytes, and blocks of small objects, as far as they are known."""
    blocks = sys.getallocatedblocks() if hasattr(sys, 'getallocatedblocks') else 0
    return _rss() or 0, blocks


def collect(level='reclaim', max_rounds=4):
    """Collects now, in the calling thread.

    'minor' collects the youngest generation, 'full' all of them once, 'reclaim' all of them until a round frees less
    than a fiftieth of memory and of small objects (at most max_rounds times), and then has glibc give what is free back to the system. Returns what was
    done and found; `unreachable` is the number of dead objects, `ms` the sum of the steps.
    """
    trim = life.importing(_find_trim) if level == 'reclaim' else None
    malloc_used = life.importing(_find_malloc_used) if level == 'reclaim' else None
    before = _census(malloc_used)
    steps = _Steps()
    rounds = unreachable = 0
    last = _occupied()
    while True:
        if level == 'minor':
            found = steps.run('minor', lambda: gc.collect(0))
        else:
            found = steps.run('major', gc.collect)
        rounds += 1
        unreachable += found or 0
        if level != 'reclaim' or not found or rounds >= max_rounds:
            break
        now = _occupied()
        if not any(was - left >= WORTHWHILE * was for was, left in zip(last, now)):
            break
        last = now
    if trim is not None:
        steps.run('trim', lambda: trim(0))
    life.collected = perf_counter()
    return {
        'level': level,
        'ms': round(sum(step['ms'] for step in steps.done), 3),
        'rounds': rounds,
        'steps': steps.done,
        'unreachable': unreachable,
        'before': before,
        'after': _census(malloc_used),
    }


class Note(object):
    """What `memtop run` learns of a program that exits: a file <pid>.json in the folder that it made for this run."""

    def __init__(self):
        folder = os.environ.get('MEMTOP_RUN', '')
        self.folder = folder if folder.startswith('/') else None
        self.collects = os.environ.get('MEMTOP_RUN_COLLECT') == '1'
        self.clock = perf_counter
        self.due = None  # by the clock; None: there is nothing to be done
        self.written = None
        self.begin()

    def begin(self):
        """Starts counting, also in a forked child: what its parent counted is not its own."""
        self.before = _generations() or []
        self.timed = Tally()
        self.left = 0
        self.began = None
        self.due = None if self.folder is None else self.clock()

    def inherit(self):
        """In a child that was forked."""
        try:
            if self in gc.callbacks:
                gc.callbacks.remove(self)
        except ValueError:
            pass
        self.begin()

    def __call__(self, phase, info):
        # In whichever thread collects, maybe while the interpreter ends: nothing may come out of here.
        try:
            if phase == 'start':
                self.began = self.clock()
                return
            if self.began is not None:
                self.timed.add(info['generation'], (self.clock() - self.began) * 1000)
                self.began = None
            self.left -= 1
            # Only the last one may go while the list is walked: the callback behind it would be passed over.
            if self.left <= 0 and gc.callbacks and gc.callbacks[-1] is self:
                gc.callbacks.pop()
        except Exception:
            pass

    def tend(self, now):
        """Writes what has changed, and has some more collections timed."""
        if self.due is None or now < self.due:
            return
        self.due = now + NOTE_EVERY
        self.left = TIMED_PER_NOTE
        if hasattr(gc, 'callbacks') and self not in gc.callbacks:
            gc.callbacks.append(self)
        collections = self._collections()
        if collections != self.written:
            self.written = collections
            self._write({'gc': collections})

    def end(self):
        """Before the program exits."""
        if self.due is None:
            return
        self.due = None
        known = {'gc': self._collections(), 'memory': _memory()}
        self._write(known)
        if self.collects and self._has_time():
            result = collect()
            self._write(dict(known, collect=result, memoryAfter=_memory()))

    def _has_time(self):
        if hasattr(sys, 'getallocatedblocks'):
            return sys.getallocatedblocks() <= LAST_COLLECT_BLOCKS
        return (_rss() or 0) <= LAST_COLLECT_RSS

    def _collections(self):
        """By generation: how many there were, and their pauses, as far as these were timed, for as many."""
        rows = {}
        for number, row in enumerate(_generations() or []):
            earlier = self.before[number]['collections'] if number < len(self.before) else 0
            count = row['collections'] - earlier
            if count > 0:
                timed, spent, longest = self.timed.rows.get(number, (0, 0.0, 0.0))
                rows['gen%d' % number] = _known({
                    'count': count,
                    'ms': round(spent * max(1.0, count / float(timed)), 3) if timed else None,
                    'maxMs': round(longest, 3) if timed else None,
                })
        return rows

    def _write(self, members):
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open('%s/%d.json' % (self.folder, os.getpid()), flags, 0o600)
            try:
                os.write(descriptor, _encode(_known(dict(members, runtime='python', start=_stat_field(22)))))
            finally:
                os.close(descriptor)
        except (OSError, ValueError):
            pass  # The run is over, or this process may not write there.


def _memory():
    """VmRSS, VmHWM, and RssAnon with VmSwap, in bytes (proc_pid_status(5)); None without /proc."""
    try:
        lines = [line.split() for line in _read_proc('status').splitlines()]
        sizes = dict((words[0], int(words[1]) * 1024) for words in lines if len(words) == 3 and words[2] == 'kB')
        anonymous = sizes.get('RssAnon:')
        return _known({
            'rss': sizes['VmRSS:'],
            'peak': sizes.get('VmHWM:'),
            'anonymous': None if anonymous is None else anonymous + sizes.get('VmSwap:', 0),
        })
    except (OSError, ValueError, IndexError, KeyError):
        return None


def spaces():
    """Objects the collector knows by generation; when the program runs tracemalloc, its ten largest lines too."""
    tracing = _tracing()
    lines = []
    if tracing and tracing.get_tracemalloc_memory() <= COUNT_LIMIT:
        lines = life.importing(_top_lines)[:10]
    return _generation_sizes() + [
        {'name': '%s:%d' % (file, number), 'used': size, 'count': count} for size, count, file, number in lines]


def _generation_sizes():
    size = _rss()
    # gc.get_objects() makes a list of them all, 8 bytes each, and holds the interpreter while it does.
    countable = sys.version_info >= (3, 8) and size is not None and size <= COUNT_LIMIT
    return [_known({
        'name': 'gen%d' % number,
        'count': len(gc.get_objects(generation=number)) if countable else None,
    }) for number in range(len(gc.get_count()))]


def _top_lines():
    """Bytes, blocks, file and number of every source line whose allocations are alive, the largest first."""
    import tracemalloc
    return [(line.size, line.count, line.traceback[0].filename, line.traceback[0].lineno)
            for line in tracemalloc.take_snapshot().statistics('lineno')]


def _heap_snapshot(directory):
    """Writes tracemalloc's lines into a new file in a directory of our own user; its path, bytes and ms."""
    if not _tracing():
        raise Refusal(UNSUPPORTED, 'Python tells lines of code only while tracemalloc runs: '
                      'start the program with python -X tracemalloc, or set PYTHONTRACEMALLOC=1.')
    if not isinstance(directory, str) or not directory.startswith('/') or '\0' in directory:
        raise Refusal(INVALID_PARAMS, 'directory must be an absolute path.')
    began = perf_counter()
    folder = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(folder).st_uid != os.geteuid():
            raise Refusal(REFUSED, 'The directory belongs to another user than the program.')
        text = 'bytes\tblocks\tline\n' + ''.join('%d\t%d\t%s:%d\n' % line for line in life.importing(_top_lines))
        data = text.encode('utf-8', 'backslashreplace')
        name = 'memtop-%d-%d.tracemalloc.txt' % (os.getpid(), time() * 1000)
        _write_new(folder, name, data)
    finally:
        os.close(folder)
    return {'path': os.path.join(directory, name), 'bytes': len(data), 'ms': round((perf_counter() - began) * 1000, 3)}


def _write_new(folder, name, data):
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    target = os.open(name, flags, 0o600, dir_fd=folder)
    try:
        while data:
            data = data[os.write(target, data):]
    finally:
        os.close(target)


# --- What holds a leak. ------------------------------------------------------------------------------------

# Text until it is requested: compiling it, or reading it compiled, would slow the start of every program. It sees
# this module's names, and ends with the classes Containers and Lines.
_HOLDERS = r"""
ENTRIES, NAME, FILE = 10, 128, 256
FEWEST = 8  # entries of a container that is followed
MOST_FOLLOWED = 200000
LEAST_GROWTH = 10
CHUNK = 2048  # objects asked for what they hold at once
NAMING = 1.5  # seconds to look for names
DEPTH = 6
OPTIMIZED = 1  # co_flags of a function: its f_locals are a copy

_deque = getattr(sys.modules.get('_collections'), 'deque', None)
KINDS = (dict, list, set) + ((_deque,) if _deque is not None else ())


def _size(thing):
    # The length as its kind has it, never a method of the program's.
    for kind in KINDS:
        if issubclass(type(thing), kind):
            return kind.__len__(thing)
    return -1


def _containers():
    # Dicts of plain values are unknown to the collector, but what holds them is not.
    found = {}
    objects = gc.get_objects()
    for start in range(0, len(objects), CHUNK):
        chunk = objects[start:start + CHUNK]
        for things in (chunk, gc.get_referents(*chunk)):
            for thing in things:
                if type(thing) in _SKIPPED:
                    continue
                size = _size(thing)
                if size >= FEWEST and thing is not objects and thing is not chunk and thing is not found:
                    found[id(thing)] = thing, size
    return found


_SKIPPED = (str, int, tuple, bytes, float, type(None), bool, type(len), type(_size))


class Containers(object):
    # Sizes by id, which keeps nothing alive; what has another kind by then is another object.

    def __init__(self):
        began = perf_counter()
        found = _containers()
        self.sizes = dict((key, (type(thing).__name__, size)) for key, (thing, size) in found.items()
                          if len(found) <= MOST_FOLLOWED or size >= 64)
        self.began = perf_counter()
        self.pause = (self.began - began) * 1000

    def answer(self):
        grown = []
        began = perf_counter()
        found = _containers()
        for key, (thing, size) in found.items():
            kind, before = self.sizes.get(key, (None, size))
            if kind == type(thing).__name__ and size - before >= LEAST_GROWTH and thing is not self.sizes:
                grown.append((size - before, size, thing))
        del found
        thing = None
        self.pause += (perf_counter() - began) * 1000
        grown.sort(key=lambda entry: -entry[0])
        del grown[ENTRIES:]
        names = Names(grown)
        containers = []
        for gained, size, thing in grown:
            containers.append({'name': names.of(thing)[:NAME], 'type': names.kind_of(thing)[:NAME],
                               'entries': size, 'grown': gained})
        return {'containers': containers, 'seconds': round(perf_counter() - self.began, 1),
                'pauseMs': round(self.pause, 3)}

    def cancel(self):
        pass


class Names(object):
    # Names by references, from the container up to a module, a class, a function or a frame.

    def __init__(self, own):
        self.deadline = perf_counter() + NAMING
        self.own = {id(own), id(self.__dict__)} | set(id(entry) for entry in own)
        self.modules = {}
        for name, module in list(sys.modules.items()):
            space = getattr(module, '__dict__', None) if type(module) is type(sys) else None
            if space is not None and id(space) not in self.modules:
                self.modules[id(space)] = str(name)
        self.cached = set()

    def kind_of(self, thing):
        return 'lru_cache' if id(thing) in self.cached else type(thing).__name__

    def of(self, thing):
        # Breadth first: the shortest name is the one that a person knows.
        level = [(thing, '')]
        seen = {id(thing)} | self.own
        for _ in range(DEPTH):
            above = []
            for value, path in level:
                for name, holder, step in self.holders(value, seen):
                    if name is not None:
                        return name + step + path
                    if id(holder) not in seen and len(above) < 50:
                        seen.add(id(holder))
                        above.append((holder, step + path))
                if perf_counter() > self.deadline:
                    return ''
            level = above
            seen.add(id(above))
        return ''

    def holders(self, value, seen):
        # (name, None, step) where it ends, or (None, holder, step) where it goes on.
        if perf_counter() > self.deadline:
            return []
        frame = sys._getframe()
        referrers = gc.get_referrers(value)
        own = {id(referrers), id(frame)}
        ends, more = [], []
        for holder in referrers:
            if id(holder) in own or id(holder) in self.own or holder is seen or holder is self.__dict__:
                continue
            for found in self.step_from(holder, value):
                (more if found[0] is None else ends).append(found)
        if not ends:
            ends = self.local_names(value)
        return ends + more

    def step_from(self, holder, value):
        kind = type(holder)
        if issubclass(kind, dict):
            return self.from_dict(holder, value)
        if kind.__name__ == 'cell':
            return self.from_cell(holder)
        if kind.__name__ == '_lru_cache_wrapper':
            self.cached.add(id(value))
            return [(_qualified(getattr(holder, '__wrapped__', holder)), None, '')]
        if kind.__name__ in ('generator', 'coroutine', 'async_generator'):
            return self.from_frame(_frame_of(holder), value)
        if kind is list or kind is tuple:
            return [(None, holder, '[%d]' % index) for index, item in enumerate(holder[:2000]) if item is value][:1]
        if issubclass(kind, type):
            return []  # by its dict
        if kind.__name__ == 'frame':
            return self.from_frame(holder, value)
        return self.from_instance(holder, value)

    def from_dict(self, holder, value):
        key = next((key for key, item in list(dict.items(holder)) if item is value), None)
        if key is None:
            return []
        module = self.modules.get(id(holder))
        if module is not None:
            return [(module + '.', None, _text(key))]
        for owner in gc.get_referrers(holder):
            if issubclass(type(owner), type) and _is_dict_of(owner, holder):
                return [(_qualified(owner) + '.', None, _text(key))]
            if type(owner) is not dict and _dict_of(owner) is holder:
                return [(_qualified(type(owner)) + '.', None, _text(key))]
        return [(None, holder, '[%s]' % _shown(key))]

    def from_instance(self, holder, value):
        if type(holder) is type(_size):
            for part in ('__defaults__', '__kwdefaults__'):
                if getattr(holder, part) is value:
                    return [(None, holder, '.' + part)]
        space = _dict_of(holder)
        if type(space) is dict:
            for key, item in list(dict.items(space)):
                if item is value:
                    return [(_qualified(type(holder)) + '.', None, _text(key))]
        for base in type(holder).__mro__:
            for key, member in list(base.__dict__.items()):
                if type(member).__name__ != 'member_descriptor':
                    continue
                try:
                    if member.__get__(holder) is value:
                        return [(_qualified(type(holder)) + '.', None, _text(key))]
                except Exception:
                    continue
        return [(None, holder, '')]

    def from_cell(self, cell):
        for closure in gc.get_referrers(cell):
            if type(closure) is not tuple:
                continue
            for function in gc.get_referrers(closure):
                code = getattr(function, '__code__', None) if type(function) is type(_size) else None
                if code is not None and function.__closure__ is closure:
                    index = next((i for i, item in enumerate(closure) if item is cell), None)
                    if index is not None and index < len(code.co_freevars):
                        owner = function.__qualname__.split('.<locals>')[0]
                        return [('%s.%s.' % (function.__module__, owner), None, code.co_freevars[index])]
        return []

    def local_names(self, value):
        for top in list(sys._current_frames().values()):
            frame = top
            for _ in range(100):
                if frame is None:
                    break
                found = self.from_frame(frame, value)
                if found:
                    return found
                frame = frame.f_back
        return []

    def from_frame(self, frame, value):
        code = getattr(frame, 'f_code', None)
        if code is None or code.co_filename == __file__ or not code.co_flags & OPTIMIZED or code.co_filename == '<memtop>':
            return []
        # Before Python 3.13 it is a copy that stays with the frame, so it is emptied again.
        space = frame.f_locals
        try:
            key = next((key for key, item in list(space.items()) if item is value), None)
        finally:
            if type(space) is dict:
                space.clear()
        if key is None:
            return []
        module = frame.f_globals.get('__name__')
        return [('%s.%s.' % (module, getattr(code, 'co_qualname', code.co_name).split('.<locals>')[0]), None, key)]


def _frame_of(holder):
    for name in ('gi_frame', 'cr_frame', 'ag_frame'):
        frame = getattr(holder, name, None)
        if frame is not None:
            return frame
    return None


def _dict_of(thing):
    try:
        return object.__getattribute__(thing, '__dict__')
    except Exception:
        return None


def _is_dict_of(owner, space):
    try:
        return any(held is space for held in gc.get_referents(type.__getattribute__(owner, '__dict__')))
    except Exception:
        return False


def _qualified(thing):
    try:
        module = thing.__module__
        name = getattr(thing, '__qualname__', None) or thing.__name__
        return '%s.%s' % (module, name.replace('.<locals>', '')) if type(module) is str else str(name)
    except Exception:
        return type(thing).__name__


def _text(key):
    return key[:60] if type(key) is str else _shown(key)


def _shown(key):
    # Never a __repr__ of the program's.
    if type(key) in (str, bytes):
        return repr(key[:24])
    return repr(key) if type(key) in (int, float, bool, type(None)) else '...'


class Lines(object):
    # Lines whose memory is still there, by tracemalloc: the program's own tracing goes on where it traces.

    def __init__(self):
        if _tracemalloc is None:
            raise Refusal(UNSUPPORTED, 'This Python was built without tracemalloc.')
        self.began = perf_counter()
        self.before = {}
        self.starts = not _tracemalloc.is_tracing()
        if self.starts:
            _tracemalloc.start(1)
        else:
            self.before = _sums()

    def answer(self):
        gc.collect()
        after = _sums()
        seconds = round(perf_counter() - self.began, 1)
        note = None if self.starts else 'The program runs tracemalloc itself, which goes on.'
        self.cancel()
        rows = []
        for place, (size, count) in after.items():
            past, counted = self.before.get(place, (0, 0))
            if size > past:
                rows.append((size - past, max(0, count - counted), place))
        rows.sort(reverse=True)
        total = sum(row[0] for row in rows)
        rows = rows[:ENTRIES]
        functions = _functions_at(set(row[2] for row in rows))
        lines = [{'file': place[0][-FILE:], 'line': place[1], 'function': functions.get(place, '')[:NAME],
                  'bytes': size, 'count': count, 'stack': []} for size, count, place in rows]
        return _known({'lines': lines, 'seconds': seconds, 'bytes': total, 'note': note})

    def cancel(self):
        if self.starts:
            self.starts = False
            _tracemalloc.stop()


def _sums():
    # Bytes and blocks by the line that asked for them.
    sums = {}
    for trace in _tracemalloc._get_traces():
        place = trace[2][0]
        if place[0] == __file__ or place[0] == '<memtop>':
            continue
        size, count = sums.get(place, (0, 0))
        sums[place] = size + trace[1], count + 1
    return sums


def _functions_at(places):
    # The innermost function that has the line, of those that are alive.
    files = set(place[0] for place in places)
    best = {}
    codes = [thing.__code__ for thing in gc.get_objects() if type(thing) is type(_size)]
    seen = set()
    while codes:
        code = codes.pop()
        if id(code) in seen or code.co_filename not in files:
            continue
        seen.add(id(code))
        codes += [item for item in code.co_consts if type(item) is type(code)]
        lines = _lines_of(code)
        for place in places:
            if place[0] == code.co_filename and place[1] in lines:
                if place not in best or code.co_firstlineno > best[place][0]:
                    best[place] = code.co_firstlineno, code.co_name
    return dict((place, best[place][1] if place in best else '<module>') for place in places)


def _lines_of(code):
    if hasattr(code, 'co_lines'):
        return set(line for _, _, line in code.co_lines())
    line, lines = code.co_firstlineno, {code.co_firstlineno}
    for change in code.co_lnotab[1::2]:
        line += change - 256 if change > 127 else change
        lines.add(line)
    return lines
"""


class Watches(object):
    """Clients that wait for what holds a leak: one of each method at a time, each until its time is over."""

    def __init__(self):
        self.running = {}  # by method: (client, id, when it is due, the watch)
        self.makers = None

    def begin(self, method, client, identity, seconds):
        if method in self.running:
            raise Refusal(REFUSED, 'One is already running in this program. Try again when it has finished.')
        if not hasattr(gc, 'get_objects') or not hasattr(gc, 'get_referrers') or not hasattr(sys, '_getframe'):
            raise Refusal(UNSUPPORTED, 'This Python does not tell which objects there are.')
        if self.makers is None:
            space = dict(globals())
            exec(compile(_HOLDERS, '<memtop>', 'exec'), space)
            self.makers = {'growingContainers': space['Containers'], 'sampleHeap': space['Lines']}
        watch = self.makers[method]()
        self.running[method] = client, identity, perf_counter() + seconds, watch

    def due(self):
        """When the next one is, by perf_counter: a list of moments. At once where the client sends no more."""
        return [0 if client.ending else due for client, _, due, _ in self.running.values()]

    def belongs(self, client):
        return any(entry[0] is client for entry in self.running.values())

    def finish(self, now):
        """Client and answer of all whose time is over."""
        answers = []
        for method, (client, identity, due, watch) in list(self.running.items()):
            if now < due and not client.ending:
                continue
            del self.running[method]
            try:
                answer = _success(identity, watch.answer())
            except Exception as error:
                answer = _failure(identity, INTERNAL, 'The agent failed: %s.' % type(error).__name__)
            finally:
                watch.cancel()
            answers.append((client, answer))
        return answers

    def leave(self, client):
        """The client is gone: what it asked for ends."""
        for method, entry in list(self.running.items()):
            if entry[0] is client:
                del self.running[method]
                entry[3].cancel()


# --- One client. -----------------------------------------------------------------------------------------


class Client(object):
    """A connection: what came in and waits for its turn, and what went out and was not read yet."""

    def __init__(self, connection, watch):
        connection.setblocking(False)
        self.connection = connection
        self.incoming = b''  # a line without its end
        self.lines = []  # complete ones, the oldest first
        self.outgoing = b''
        self.waits_since = None  # for the client: the rest of a line, or room for an answer
        self.ending = False  # no more is read from it; it goes when its answers are gone
        self.subscription = Subscription(watch)

    def receive(self):
        """Takes what has come. A line that is too long is answered, and the last."""
        try:
            chunk = self.connection.recv(LINE_LIMIT)
        except (BlockingIOError, InterruptedError):
            return
        lines = (self.incoming + chunk).split(b'\n')
        self.ending = not chunk
        for number, line in enumerate(lines):
            if len(line) > LINE_LIMIT:
                self.send(_failure(
                    None, TOO_LONG, 'The request is longer than %d bytes; the connection is closed.' % LINE_LIMIT))
                self.ending = True
                lines[number:] = [b'']
                break
        self.incoming = lines.pop()
        self.lines += lines
        self.waits_since = perf_counter() if self.incoming or self.outgoing else None

    def can_go_on(self):
        """Whether a line waits for an answer and there is room for it."""
        return bool(self.lines) and len(self.outgoing) <= UNREAD_LIMIT

    def is_readable(self):
        return not self.ending and not self.lines and len(self.outgoing) <= UNREAD_LIMIT

    def is_done(self):
        return self.ending and not self.lines and not self.outgoing

    def send(self, message):
        self.outgoing += _encode(message)

    def flush(self):
        """Gives the kernel as much as it takes. Raises OSError when the client is gone."""
        if not self.outgoing:
            return
        try:
            sent = self.connection.send(self.outgoing, getattr(_socket, 'MSG_NOSIGNAL', 0))
        except (BlockingIOError, InterruptedError):
            sent = 0
        self.outgoing = self.outgoing[sent:]
        if sent or self.waits_since is None:
            self.waits_since = perf_counter() if self.outgoing or self.incoming else None


class Subscription(object):
    """What a client wants to hear of, how often, and when it is due."""

    def __init__(self, watch):
        self.watch = watch
        self.tally = None
        self.change([], 1000)

    def change(self, events, interval):
        """Events and milliseconds from now on; what was counted already stays counted."""
        self.events = events
        self.interval = interval
        self.due = perf_counter() + interval / 1000.0 if events else None
        if 'gc' in events and self.tally is None:
            self.tally = self.watch.listen()
        elif 'gc' not in events and self.tally is not None:
            self.watch.leave(self.tally)
            self.tally = None
        return {'events': events, 'interval': interval}

    def end(self):
        self.change([], self.interval)

    def news(self, numbers):
        """What there is to tell of the time since the last event; None if nothing."""
        told = _known({
            'gc': (self.tally.take() or None) if self.tally is not None else None,
            'stats': numbers() if 'stats' in self.events else None,
        })
        return dict(told, time=round(time() * 1000)) if told else None


def _failure(identity, code, sentence):
    return {'jsonrpc': '2.0', 'id': identity, 'error': {'code': code, 'message': sentence}}


def _success(identity, result):
    return {'jsonrpc': '2.0', 'id': identity, 'result': result}


def _read_request(line):
    """The request in a line: an object, its method a string, its id a string, a number or null. Raises Refusal."""
    try:
        request = read_json(line.decode('utf-8'))
    except (ValueError, RecursionError):
        raise Refusal(NOT_JSON, 'The line is not JSON.')
    if (not isinstance(request, dict) or request.get('jsonrpc') != '2.0'
            or not isinstance(request.get('method'), str) or isinstance(request.get('id'), (bool, dict, list))):
        raise Refusal(INVALID_REQUEST, 'The line is not a JSON-RPC 2.0 request.')
    return request


def _whole(params, name, default, least, most):
    value = params.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refusal(INVALID_PARAMS, '%s is a whole number from %d to %d.' % (name, least, most))
    return value


def _events(params, default):
    events = params.get('events', default)
    if not isinstance(events, list) or len(events) > 2 or any(event not in ('gc', 'stats') for event in events):
        raise Refusal(INVALID_PARAMS, 'events must be a list of gc and stats.')
    return events


# --- The listener and its clients, in one thread. ---------------------------------------------------------


class Server(object):
    """Answers all clients of one process. A forked child gets a new one."""

    def __init__(self):
        self.pid = os.getpid()
        self.closed = False
        self.listener = None
        self.path = None
        self.inode = None
        self.poller = None
        self.clients = {}  # by descriptor
        self.waiting = []  # (client, id, level, rounds): clients that wait for the collect that is due
        self.watch = GcWatch()
        self.watches = Watches()
        self.deaf_until = None  # the listener is not polled before, because descriptors ran out
        self.window = 0.0  # when the second began in which `handled` requests came
        self.handled = 0

    # Open and close.

    def open(self):
        """Listens in the first folder that will do; whether there was one."""
        for folder, own_parent in _socket_folders():
            path = '%s/%d.sock' % (folder, self.pid)
            if len(os.fsencode(path)) <= PATH_LIMIT and _is_private(folder, own_parent) and self._listen(path):
                return True
        return False

    def _listen(self, path):
        listener = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0)
        try:
            # First of all it listens: until then it looks like a dead program's socket.
            if not _bind(listener, path):
                return False
            listener.listen(CLIENT_LIMIT)
            os.chmod(path, 0o600)
            listener.setblocking(False)
            status = os.lstat(path)
        except (OSError, ValueError):
            listener.close()
            return False
        self.path = path
        self.inode = (status.st_dev, status.st_ino)
        self.listener = listener
        self.poller = poll()
        self.poller.register(listener.fileno(), select.POLLIN)
        return not self.closed  # The program may be ending.

    def close(self):
        """Ends everything, and removes the socket if it is this process's own."""
        self.abandon()
        path, self.path = self.path, None
        if path is None or self.pid != os.getpid():
            return
        try:
            status = os.lstat(path)
            if (status.st_dev, status.st_ino) == self.inode:
                os.unlink(path)
        except OSError:
            pass

    def abandon(self):
        """Closes this process's descriptors and leaves the socket to the process that made it."""
        self.closed = True
        for client in list(self.clients.values()):
            self._drop(client)
        if self.listener is not None:
            self.listener.close()
            self.listener = None

    # The loop.

    def serve(self):
        while not self.closed:
            self._turn(self._patience())
            if self.waiting:
                self._collect()
            self._tend()
            life.note.tend(perf_counter())

    def _patience(self):
        """Maximum milliseconds to sleep; None: until a request comes."""
        moments = [self.deaf_until] if self.deaf_until is not None else []
        moments += self.watches.due()
        if life.note.due is not None:
            moments.append(life.note.due)
        for client in self.clients.values():
            if client.can_go_on():
                return 0
            if client.subscription.due is not None:
                moments.append(client.subscription.due)
            if client.waits_since is not None:
                moments.append(client.waits_since + STALL_LIMIT)
        return max(0, min(moments) - perf_counter()) * 1000 + 1 if moments else None

    def _turn(self, timeout):
        for descriptor, events in self.poller.poll(timeout):
            if self.closed:
                return
            if descriptor == self.listener.fileno():
                self._accept()
            elif descriptor in self.clients:
                self._attend(self.clients[descriptor], events)
        for client in list(self.clients.values()):
            if client.can_go_on():
                self._work(client)

    def _accept(self):
        self._spend()
        try:
            descriptor, _ = self.listener._accept()
        except (BlockingIOError, InterruptedError, ConnectionError):
            return
        except OSError:  # No descriptors left: the connection stays in the queue, so do not ask at once.
            self.poller.unregister(self.listener.fileno())
            self.deaf_until = perf_counter() + 1
            return
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0, descriptor)
        if len(self.clients) >= CLIENT_LIMIT:
            connection.close()
            return
        self.clients[descriptor] = Client(connection, self.watch)
        self.poller.register(descriptor, select.POLLIN)

    def _attend(self, client, events):
        try:
            if client.is_readable():
                client.receive()
            elif events & (select.POLLERR | select.POLLHUP | select.POLLNVAL):
                raise OSError(errno.EPIPE, 'the client is gone')
        except OSError:
            self._drop(client)
            return
        self._settle(client)

    def _work(self, client):
        """Answers a few of the lines that a client has sent."""
        for _ in range(REQUESTS_PER_TURN):
            if not client.can_go_on():
                break
            self._spend()
            self._answer(client, client.lines.pop(0))
        self._settle(client)

    def _settle(self, client):
        """Sends what can be sent, and asks the poller for what the client still needs."""
        descriptor = client.connection.fileno()
        if self.clients.get(descriptor) is not client:
            return
        try:
            client.flush()
        except OSError:
            self._drop(client)
            return
        if client.is_done() and not any(entry[0] is client for entry in self.waiting) and not self.watches.belongs(client):
            self._drop(client)
            return
        wanted = (select.POLLIN if client.is_readable() else 0) | (select.POLLOUT if client.outgoing else 0)
        self.poller.modify(descriptor, wanted)

    def _drop(self, client):
        descriptor = client.connection.fileno()
        if self.clients.get(descriptor) is not client:
            return
        del self.clients[descriptor]
        self.watches.leave(client)
        client.subscription.end()
        try:
            self.poller.unregister(descriptor)
        except (KeyError, OSError, ValueError):
            pass
        client.connection.close()

    def _spend(self):
        """Counts a request, and sleeps until the second is over when there were too many in it."""
        now = perf_counter()
        if now - self.window >= 1:
            self.window = now
            self.handled = 0
        self.handled += 1
        if self.handled > REQUESTS_PER_SECOND:
            sleep(max(0, self.window + 1 - now))

    def _tend(self):
        """Does what is due by the clock."""
        now = perf_counter()
        if self.deaf_until is not None and now >= self.deaf_until:
            self.deaf_until = None
            self.poller.register(self.listener.fileno(), select.POLLIN)
        for client, answer in self.watches.finish(now):
            client.send(answer)
            self._settle(client)
        for client in list(self.clients.values()):
            if client.waits_since is not None and now >= client.waits_since + STALL_LIMIT:
                self._drop(client)
            elif client.subscription.due is not None and now >= client.subscription.due:
                self._tell_news(client)

    def _tell_news(self, client):
        subscription = client.subscription
        subscription.due = perf_counter() + subscription.interval / 1000.0
        if client.outgoing:  # It is behind: collections add up until it has read what it was sent.
            return
        news = subscription.news(self._stats)
        if news is not None:
            client.send({'jsonrpc': '2.0', 'method': 'event', 'params': news})
            self._settle(client)

    # The methods.

    def _answer(self, client, line):
        identity = None
        asked = True
        try:
            request = _read_request(line)
            asked = 'id' in request
            identity = request.get('id')
            result = self._call(client, identity, request)
            if asked and result is not None:
                client.send(_success(identity, result))
            return
        except Refusal as refusal:
            failure = refusal.code, refusal.sentence
        except OSError as error:
            failure = REFUSED, 'The system refused: %s.' % (error.strerror or type(error).__name__)
        except Exception as error:
            failure = INTERNAL, 'The agent failed: %s.' % type(error).__name__
        if asked:
            client.send(_failure(identity, *failure))

    def _call(self, client, identity, request):
        """The result of a request; None when it is answered later."""
        params = request.get('params')
        params = {} if params is None else params
        if not isinstance(params, dict):
            raise Refusal(INVALID_PARAMS, 'params is an object.')
        method = request['method']
        if method == 'hello':
            return self._hello(params)
        if method == 'stats':
            return self._stats()
        if method == 'spaces':
            return spaces()
        if method == 'collect':
            return self._ask_to_collect(client, identity, params, 'id' in request)
        if method == 'heapSnapshot':
            return _heap_snapshot(params.get('directory'))
        if method in ('sampleHeap', 'growingContainers'):
            seconds = _whole(params, 'seconds', 30, 1, 300)
            return self.watches.begin(method, client, identity, seconds) if 'id' in request else None
        if method == 'subscribe':
            return self._subscribe(client, params)
        if method == 'unsubscribe':
            return self._unsubscribe(client, params)
        raise Refusal(UNKNOWN_METHOD, 'Unknown method.')

    def _hello(self, params):
        if params.get('protocol', PROTOCOL) != PROTOCOL:
            raise Refusal(OTHER_PROTOCOL, 'This agent speaks protocol %d.' % PROTOCOL)
        return _known({
            'protocol': PROTOCOL,
            'agent': VERSION,
            'runtime': 'python',
            'version': '%d.%d.%d' % sys.version_info[:3],
            'pid': self.pid,
            'ppid': os.getppid(),
            'start': _stat_field(22),
            'title': ' '.join(str(word) for word in getattr(sys, 'argv', ()))[:256],
            'capabilities': list(LEVELS) + ['gc', 'stats'] + (['trim'] if _has_trim() else [])
            + (['heapSnapshot'] if _tracing() else []) + ['sampleHeap', 'growingContainers'],
        })

    def _stats(self):
        return dict(stats(), **self.watch.members())

    def _subscribe(self, client, params):
        events = set(_events(params, None)).union(client.subscription.events)
        return client.subscription.change(sorted(events), _whole(params, 'interval', 1000, 100, 600000))

    def _unsubscribe(self, client, params):
        dropped = _events(params, ['gc', 'stats'])
        events = [event for event in client.subscription.events if event not in dropped]
        return client.subscription.change(events, client.subscription.interval)

    def _ask_to_collect(self, client, identity, params, asked):
        level = params.get('level', 'reclaim')
        if level not in LEVELS:
            raise Refusal(INVALID_PARAMS, 'level must be minor, full or reclaim.')
        rounds = _whole(params, 'maxRounds', 4, 1, 16)
        self.waiting.append((client if asked else None, identity, level, rounds))

    def _collect(self):
        """One collection for all clients that requested one before it began or while it ran."""
        level = max((entry[2] for entry in self.waiting), key=LEVELS.index)
        rounds = max(entry[3] for entry in self.waiting)
        try:
            answer = {'jsonrpc': '2.0', 'result': collect(level, rounds)}
        except Exception as error:
            answer = _failure(None, INTERNAL, 'The collection failed: %s.' % type(error).__name__)
        if self.closed:  # A finalizer has forked, and this is the child.
            return
        self._turn(0)
        waiting, self.waiting = self.waiting, []
        for client, identity, _, _ in waiting:
            if client is not None:
                client.send(dict(answer, id=identity))
                self._settle(client)


def _bind(listener, path):
    """Binds, over the socket of an earlier program with our pid if it is dead; whether it worked."""
    try:
        listener.bind(path)
        return True
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return False
    probe = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0)
    try:
        probe.setblocking(False)
        probe.connect(path)
        return False  # There is a listener: a process of another PID namespace with the same number.
    except ConnectionRefusedError:
        os.unlink(path)
        listener.bind(path)
        return True
    except OSError:
        return False
    finally:
        probe.close()


# --- The agent's life in this process and its children. ---------------------------------------------------


class Life(object):
    """When there is a server, and when there is a new one. There is one of it, `life`."""

    def __init__(self):
        self.server = None
        self.lock = allocate_lock()  # held while the agent's thread imports a module
        self.held = None  # the thread that holds it to fork
        self.collected = None  # when the last collect ended, by perf_counter
        self.blocks = _Blocks()
        self.note = Note()

    def start(self, delay):
        """Starts the agent's thread, unless there is one or cannot be one; whether there is one."""
        if self.server is not None:
            return True
        if not self._prepare():
            return False
        self._begin(delay)
        return True

    def start_here(self, begun):
        """The same in the thread that calls it, which is the agent's from then on; calls `begun` when it is.

        A thread that starts another one while the interpreter ends can crash it, so sitecustomize's goes on.
        """
        if self.server is not None or not self._prepare():
            return
        _signal.pthread_sigmask(_signal.SIG_BLOCK, _blockable_signals())
        self.server = Server()
        self._live(self.server, 0, begun)

    def _prepare(self):
        if _socket is None or not hasattr(_socket, 'AF_UNIX') or not hasattr(_signal, 'pthread_sigmask'):
            return False
        if not _in_main_interpreter() or sys.is_finalizing():
            return False
        self._watch_forks()
        atexit.register(self._end)
        return True

    def importing(self, action):
        """Runs what imports a module. No fork happens meanwhile: the child would inherit a locked module."""
        with self.lock:
            return action()

    def _begin(self, delay):
        self.server = Server()
        # The thread takes no signals: they are for the program, which may wait for them with sigwait(3).
        before = _signal.pthread_sigmask(_signal.SIG_BLOCK, _blockable_signals())
        try:
            running = allocate_lock()
            running.acquire()
            start_new_thread(self._live, (self.server, delay, running.release))
            # It returns before the thread runs. Python 3.11 with -X dev crashes when it ends before that.
            running.acquire(True, 1.0)
        finally:
            _signal.pthread_sigmask(_signal.SIG_SETMASK, before)

    def _live(self, server, delay, begun=None):
        try:
            if begun is not None:
                begun()
            sleep(delay)
            if server.open():
                self._end_with_multiprocessing()
                server.serve()
        except BaseException:  # Whatever it was: it is not the program's trouble.
            pass
        finally:
            try:
                server.close()
            except BaseException:
                pass

    def _end_with_multiprocessing(self):
        # Its children end by os._exit(), which passes over atexit.
        util = sys.modules.get('multiprocessing.util')
        if util is not None:
            util.Finalize(None, self._end, exitpriority=0)

    def _end(self):
        try:
            self.note.end()
        except Exception:
            pass
        try:
            if self.server is not None:
                self.server.close()
        except Exception:
            pass

    def _watch_forks(self):
        if hasattr(os, 'register_at_fork'):
            os.register_at_fork(
                before=self._before_fork, after_in_parent=self._after_fork, after_in_child=self._in_child)
            return
        # Python 3.6 has no fork hooks, so there its functions are wrapped.
        for name in ('fork', 'forkpty'):
            if hasattr(os, name):
                setattr(os, name, _forking(getattr(os, name), self))

    def _before_fork(self):
        try:
            if self.lock.acquire(True, 1.0):
                self.held = get_ident()
            quieten_fork()
        except Exception:
            pass

    def _after_fork(self):
        if self.held == get_ident():
            self.held = None
            self.lock.release()

    def _in_child(self):
        try:
            self.lock = allocate_lock()
            self.held = None
            self.note.inherit()
            server, self.server = self.server, None
            if server is not None:
                server.abandon()
            self._begin(START_DELAY)
        except Exception:
            pass


def _forking(original, owner):
    def fork():
        owner._before_fork()
        result = None
        try:
            result = original()
        finally:
            if result is not None and (result if isinstance(result, int) else result[0]) == 0:
                owner._in_child()
            else:
                owner._after_fork()
        return result
    fork.__name__ = original.__name__
    fork.__doc__ = original.__doc__
    return fork


def _blockable_signals():
    """All signals but those that a fault raises in the very thread (signal(7)), which faulthandler reports."""
    if hasattr(_signal, 'valid_signals'):
        numbers = set(int(number) for number in _signal.valid_signals())
    else:
        numbers = set(range(1, 32)) | set(range(_signal.SIGRTMIN, _signal.SIGRTMAX + 1))
    return numbers - {_signal.SIGSEGV, _signal.SIGBUS, _signal.SIGFPE, _signal.SIGILL, _signal.SIGABRT}


class _ForkWarning(object):
    """Matches the warning that Python 3.12 gives when a process with several threads forks."""

    def match(self, text):
        return 'is multi-threaded, use of ' in text


_QUIET = ('ignore', _ForkWarning(), DeprecationWarning, None, 0)


def quieten_fork():
    """Before a fork: Python 3.12 is not to warn of several threads where the second is only ours."""
    if sys.version_info < (3, 12):
        return
    import _warnings  # built in: nothing is looked for
    filters = getattr(sys.modules.get('warnings', _warnings), 'filters', None)
    if not isinstance(filters, list):
        return
    quiet = _stat_field(20) == 2
    if quiet and filters[:1] == [_QUIET] or not quiet and _QUIET not in filters:
        return
    while _QUIET in filters:
        filters.remove(_QUIET)
    if quiet:
        filters.insert(0, _QUIET)


life = Life()


def start_here(begun):
    """Makes the calling thread the agent's, unless there is one; returns when that ends. Calls `begun` when it begins."""
    life.start_here(begun)


def start(delay=START_DELAY):
    """Starts the agent, once: its socket opens after `delay` seconds. Returns whether this Python can have one."""
    try:
        return life.start(delay)
    except Exception:
        return False


# --- python -m memtop_agent script.py ... -----------------------------------------------------------------

USAGE = 'usage: python -m memtop_agent [-m module | -c code | script] [argument ...]\n'


class _NoSuchModule(ImportError):
    """Told from an ImportError that the program's own code raises."""


def main(arguments):
    """Starts the agent and runs a program as python itself would: same __main__, argv, path and traceback."""
    if not arguments or arguments[0] in ('-h', '--help') or arguments[0] in ('-m', '-c') and len(arguments) < 2:
        sys.stderr.write(USAGE)
        sys.exit(2)
    start()
    program = type(sys)('__main__')
    if sys.version_info < (3, 14):
        program.__annotations__ = {}
    sys.modules['__main__'] = program
    try:
        code = _load(program, arguments)
        exec(code, program.__dict__)
    except SystemExit:
        raise
    except BaseException as failure:
        sys.excepthook = _excepthook_without_us(sys.excepthook, failure, program.__dict__)
        raise


def _load(program, arguments):
    if arguments[0] == '-c':
        sys.argv[:] = ['-c'] + arguments[2:]
        _set_first_path('')
        return compile(arguments[1], '<string>', 'exec', dont_inherit=True)
    if arguments[0] == '-m':
        sys.argv[:] = ['-m'] + arguments[2:]
        _set_first_path(os.getcwd() if sys.version_info >= (3, 7) else '')
        return _load_module(program, arguments[1])
    sys.argv[:] = arguments
    if _is_archive(arguments[0]):
        folder = _as_shown(arguments[0])
        sys.path[:] = [folder] + sys.path[0 if _is_path_safe() else 1:]
        return _load_module(program, '__main__', arguments[0])
    return _load_script(program, arguments[0])


def _load_module(program, name, argument=None):
    import runpy
    # runpy's own function is what pdb and trace use too; run_module() would show its frames in a traceback, and
    # take the module away again while threads still run in it.
    try:
        if name == '__main__':  # of a folder or a zip file, not the one that is there
            del sys.modules['__main__']
        _, spec, code = runpy._get_module_details(name, _NoSuchModule)
    except _NoSuchModule as failure:
        sys.exit('%s: %s' % (sys.executable, failure))
    finally:
        sys.modules['__main__'] = program
    program.__dict__.update(
        __file__=spec.origin, __cached__=spec.cached, __loader__=spec.loader, __package__=spec.parent, __spec__=spec)
    sys.argv[0] = argument or spec.origin
    return code


def _load_script(program, path):
    from importlib.machinery import SourceFileLoader
    _set_first_path(os.path.dirname(os.path.realpath(path)))
    name = _as_shown(path)
    program.__dict__.update(__file__=name, __cached__=None, __loader__=SourceFileLoader('__main__', name))
    try:
        with open(path, 'rb') as source:
            text = source.read()
    except OSError as failure:
        sys.stderr.write("%s: can't open file %r: [Errno %s] %s\n"
                         % (sys.executable, name, failure.errno, failure.strerror))
        sys.exit(2)
    return compile(text, name, 'exec', dont_inherit=True)


def _as_shown(path):
    """A path from the command line as __file__ has it: absolute from Python 3.9 on."""
    return os.path.abspath(path) if sys.version_info >= (3, 9) else path


def _is_archive(path):
    """Whether python would run the __main__.py in it: a folder or a zip file."""
    if os.path.isdir(path):
        return True
    import zipimport
    try:
        zipimport.zipimporter(path)
        return True
    except zipimport.ZipImportError:
        return False


def _is_path_safe():
    """Whether python was told (-P, -I) to put nothing in front of the path."""
    return bool(getattr(sys.flags, 'safe_path', False) or sys.flags.isolated)


def _set_first_path(entry):
    if not _is_path_safe():
        sys.path[0] = entry


def _excepthook_without_us(original, failure, namespace):
    """An excepthook that shows the program's own part of a traceback, as if it had been started alone."""
    def excepthook(kind, value, trace):
        sys.excepthook = original
        if value is failure:
            while trace is not None and trace.tb_frame.f_globals is not namespace:
                trace = trace.tb_next
            value.__traceback__ = trace
        original(kind, value, trace)
    return excepthook


if __name__ == '__main__':
    _loaded = sys.modules.get('memtop_agent')
    if _loaded is None:
        # The name __main__ is the program's: this file goes on under its own.
        _loaded = sys.modules['memtop_agent'] = sys.modules['__main__']
        _loaded.__name__ = 'memtop_agent'
    _loaded.main(sys.argv[1:])
