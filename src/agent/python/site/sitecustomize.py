# Loads memtop's agent from the folder above when `memtop run` has put this one on PYTHONPATH, then runs the
# sitecustomize that would have been found without us. Any Python may come by here, also Python 2: this must parse
# everywhere, cost next to nothing, and never keep a program from starting.

import os
import sys


def _start_agent(path):
    """Lets a thread load the agent in a moment: what ends before has not paid for it."""
    import _signal
    from _thread import allocate_lock, get_ident, start_new_thread
    from time import sleep

    # Everything the agent imports, so that the thread never waits for, or leaves to a forked child, a module's lock.
    import _socket  # noqa: F401
    import atexit  # noqa: F401
    import errno  # noqa: F401
    import gc  # noqa: F401
    from select import poll

    try:
        import _tracemalloc  # noqa: F401
    except ImportError:
        pass
    if not _is_main_interpreter():
        return  # Killing a thread of ours in there would take the process along.
    # The real ones, whatever gevent or eventlet put in their place until the agent is loaded.
    originals = {
        'allocate_lock': allocate_lock,
        'get_ident': get_ident,
        'poll': poll,
        'sleep': sleep,
        'start_new_thread': start_new_thread,
    }
    loaded = []

    def load():
        agent = sys.modules.get('memtop_agent')
        if agent is None:
            agent = type(sys)('memtop_agent')
            agent.__file__ = path
            for code in _codes(path):
                exec(code, agent.__dict__)
            agent.__dict__.update(originals)
            agent = sys.modules.setdefault('memtop_agent', agent)
        return agent

    def load_later(running):
        try:
            running.release()
            sleep(0.1)
            load().start_here(lambda: loaded.append(True))
        except BaseException:
            pass  # The program is not to suffer for it: memtop says that there is no agent.

    def begin():
        # Signals are for the program's own threads, but those of a fault, for faulthandler.
        faults = {_signal.SIGSEGV, _signal.SIGBUS, _signal.SIGFPE, _signal.SIGILL, _signal.SIGABRT}
        before = _signal.pthread_sigmask(_signal.SIG_BLOCK, set(range(1, 32)) - faults)
        try:
            running = allocate_lock()
            running.acquire()
            start_new_thread(load_later, (running,))
            # It returns before the thread runs. Python 3.11 with -X dev crashes when it ends before that.
            running.acquire(True, 1.0)
        finally:
            _signal.pthread_sigmask(_signal.SIG_SETMASK, before)

    def before_fork():
        if not loaded:
            try:
                load().quieten_fork()
            except Exception:
                pass

    def begin_again():
        if not loaded:  # Once loaded, the agent looks after forks itself.
            try:
                begin()
            except Exception:
                pass

    if hasattr(os, 'register_at_fork'):
        if sys.version_info >= (3, 12):
            os.register_at_fork(before=before_fork)
        os.register_at_fork(after_in_child=begin_again)
        begin()
    else:
        load().start()  # Python 3.6: only the agent can tell of forks.


def _codes(path):
    """The agent's code, in one piece where Python keeps it compiled in __pycache__."""
    loader = type(__spec__.loader)('memtop_agent', path)
    if not sys.dont_write_bytecode and os.access(os.path.dirname(path), os.W_OK):
        return [loader.get_code('memtop_agent')]
    return _compile_sections(loader.get_data(path).decode('utf-8'), path)


def _compile_sections(source, path):
    """Section by section, each when it is asked for: that takes half the memory, and none of it long at a time."""
    mark = '\n# --- '
    line = 0
    for number, section in enumerate(source.split(mark)):
        text = section if number == 0 else mark + section
        # As many empty lines before it as put it where it stands in the file.
        yield compile('\n' * line + text, path, 'exec')
        line += text.count('\n')


def _is_main_interpreter():
    if sys.version_info < (3, 8):
        return True  # It cannot tell.
    if sys.version_info < (3, 13):
        import _xxsubinterpreters as interpreters
    else:
        import _interpreters as interpreters
    return interpreters.get_current() == interpreters.get_main()


def _run_next(here):
    # As site.py does: a missing second sitecustomize is fine, and errors of an existing one are raised.
    own = sys.modules.pop('sitecustomize')
    places = [place for place, entry in enumerate(sys.path) if os.path.abspath(entry) == here]
    ours = [sys.path.pop(place) for place in reversed(places)]
    try:
        import sitecustomize  # noqa: F401
    except ImportError:
        error = sys.exc_info()[1]
        if getattr(error, 'name', str(error).split(' ')[-1]) != 'sitecustomize':
            raise
    finally:
        # Children may be given sys.path as their PYTHONPATH, so ours stays in it.
        for place, entry in zip(places, reversed(ours)):
            sys.path.insert(place, entry)
        sys.modules.setdefault('sitecustomize', own)


_here = os.path.dirname(os.path.abspath(__file__))
if sys.version_info >= (3, 6) and os.name == 'posix':
    try:
        _start_agent(os.path.join(os.path.dirname(_here), 'memtop_agent.py'))
    except Exception:
        pass
_run_next(_here)
