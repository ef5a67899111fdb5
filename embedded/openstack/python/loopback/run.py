"""Runs commands of one OpenStack project as children of one process.

The project is imported once, before the children are forked: this takes seconds of processor time
and a hundred MB of memory, which each command by itself would pay anew.

usage: python -m loopback.run PLAN, a JSON file:
  imports   modules that are imported before; with `:function` that function is called then
  together  true: all at once, until one ends; false: one after the other
  commands  each with `call` (module:function) and `argv`
"""
import ctypes
import importlib
import json
import os
import signal
import sys
import traceback

# Taken before eventlet replaces them: its own look for an ended child a hundred times a second.
fork, waitpid, kill = os.fork, os.waitpid, os.kill

PR_SET_PDEATHSIG = 1


def die_with(parent):
    """Has the kernel end this process when its parent is no more."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def load(name):
    """The function that `module:function` names; without one, one that does nothing."""
    module, _, function = name.partition(":")
    loaded = importlib.import_module(module)
    return getattr(loaded, function) if function else lambda: None


def run(command):
    """Calls the command's function as its console script would."""
    sys.argv = command["argv"]
    return load(command["call"])()


def begin(command):
    """Forks; the child's exit code is the command's."""
    parent = os.getpid()
    pid = fork()
    if pid:
        return pid
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with(parent)
        code = exit_code(run(command))
    except SystemExit as end:
        code = exit_code(end.code)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def exit_code(result):
    """As `sys.exit` reads what a command returns."""
    if result is None:
        return 0
    if isinstance(result, int):
        return result
    print(result, file=sys.stderr)
    return 1


def in_turn(commands):
    for command in commands:
        _, status = waitpid(begin(command), 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in command.get("accepted", [0]):
            sys.exit(f"{shown(command)} ended with exit code {code}")


def together(commands):
    running = {}
    asked = []

    def stop(*_):
        asked.append(True)
        for pid in running:
            kill(pid, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    for command in commands:
        running[begin(command)] = command
    failed = None
    while running:
        pid, status = waitpid(-1, 0)
        command = running.pop(pid, None)
        if command is None or asked:
            continue
        failed = f"{shown(command)} ended with {os.waitstatus_to_exitcode(status)}"
        stop()
    sys.exit(failed)


def shown(command):
    return " ".join(command["argv"])


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        plan = json.load(file)
    for name in plan["imports"]:
        load(name)()
    if not plan["together"]:
        in_turn(plan["commands"])
    elif len(plan["commands"]) == 1:
        sys.exit(run(plan["commands"][0]))
    else:
        together(plan["commands"])
