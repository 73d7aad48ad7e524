"""The console command `interwoven`."""

import argparse
import os
import runpy
import sys
from collections.abc import Callable, Sequence

import segno
from django.core.management import execute_from_command_line

import interwoven
from interwoven.config import env as environment
from interwoven.config import serve, steps, upkeep
from interwoven.config.addresses import is_loopback
from interwoven.config.env import Env, Keeper
from interwoven.config.refusal import Refusal
from interwoven.config.variables import instance_file
from interwoven.upkeep.errors import Refused

Work = Callable[[argparse.Namespace], int | None]
KEEPERS = {"1": Keeper.PARTNER, "2": Keeper.PRACTICE, "3": Keeper.OTHER}
QUESTION = """
Who keeps this copy, the machine it runs on? Whoever is invited reads this first.
  1  one of the two of us
  2  a practice
  3  someone else
Number, or Enter to leave it unsaid: """
NAME = "Their name, as the invited person will read it, or Enter: "


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and give the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["manage"]:
        return _told(lambda: _manage(given[1:]))
    chosen = _parser().parse_args(given)
    return _told(lambda: chosen.carry_out(chosen))


def _told(work: Callable[[], int | None]) -> int:
    """Do it; where it cannot be done, say why in plain words instead of a traceback."""
    try:
        return work() or 0
    except Refusal as wrong:
        print(f"{wrong}\nNothing was started.", file=sys.stderr)
    except Refused as wrong:
        print(wrong, file=sys.stderr)
    except OSError as wrong:
        print(f"{wrong.filename or 'The disk'}: {wrong.strerror}.", file=sys.stderr)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="interwoven", description="Keep a copy of Interwoven.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, carry_out: Work, does: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=does, description=does)
        one.set_defaults(carry_out=carry_out)
        return one

    start = command("start", _start, "Make this copy ready and serve it; what ./run does.")
    start.add_argument("--empty", action="store_true", help="begin without the demonstration")
    start.add_argument("--reset-demo", action="store_true", help="begin the demonstration anew")
    start.add_argument("--qr", action="store_true", help="show the address as a code to scan")
    command("setup", _setup, "Make secrets, databases and static files; again after an update.")
    command("serve", _serve, "Serve a copy that is ready.")
    command("qr", _qr, "Show the address of this copy as a code to scan.")
    command("version", _version, "Say which version this is.")
    content = command("content", _content, "Check the content files, or lock their digests.")
    content.add_argument("what", choices=["check", "lock"])
    demo = command("demo", _demo, "Load the demonstration, or begin it anew.")
    demo.add_argument("what", choices=["load", "reset"])
    upkeep.add_commands(command)
    command("manage", _nothing, "Django's own commands.").add_argument("rest", nargs="*")
    return parser


def _start(chosen: argparse.Namespace) -> None:
    env = _environment()
    with serve.listen(env) as listener:
        print("[3/5] Secrets and data folder", flush=True)
        env = _first_choices(env, empty=chosen.empty)
        with upkeep.in_use(env):
            print("[4/5] Databases and static files", flush=True)
            _make_ready(env)
            print("[5/5] Demonstration" if env.demo else "[5/5] No demonstration", flush=True)
            sign_ins = _demonstration(env, again=chosen.reset_demo)
            serve.serve(env, listener, started=lambda: _announce(env, sign_ins, qr=chosen.qr))


def _environment() -> Env:
    """Read it, and leave to others no right to any file made from now on."""
    os.umask(0o077)
    return environment.read(os.environ)


def _first_choices(env: Env, *, empty: bool) -> Env:
    """Make the data folder; at the first start, keep what this copy is to be."""
    file = instance_file(env.data_dir)
    if file.exists() and empty and env.demo:
        raise Refusal(
            f"{env.data_dir} already holds the demonstration. Begin without it in another folder: "
            "DATA_DIR=our-data ./run --empty"
        )
    steps.make_folder_and_secrets(env)
    if not file.exists():
        demo = env.demo or not (empty or os.environ.get("DEMO"))
        keeper, name = (env.keeper, env.keeper_name) if demo else _asked(env)
        steps.keep_choices(env, demo=demo, keeper=keeper, keeper_name=name)
    return environment.read(os.environ)


def _asked(env: Env) -> tuple[Keeper, str]:
    """Ask who keeps this copy, if there is anyone to answer."""
    if env.keeper is not Keeper.UNSAID or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return env.keeper, env.keeper_name
    keeper = KEEPERS.get(input(QUESTION).strip(), Keeper.UNSAID)
    name = "" if keeper is Keeper.UNSAID else input(NAME).strip()
    return keeper, "".join(letter for letter in name if letter.isprintable())[:80]


def _make_ready(env: Env) -> None:
    steps.start_django()
    steps.prepare_databases(env, _say, lambda: upkeep.back_up_before_upgrade(env, _say))
    steps.collect_static_files(env, _say)
    steps.refuse_if_unsound()
    steps.finish_erasing()


def _demonstration(env: Env, *, again: bool) -> str:
    if env.demo:
        return steps.load_demonstration(env, again=again)
    if again:
        raise Refusal("This copy has no demonstration to begin anew.")
    return ""


def _announce(env: Env, sign_ins: str, *, qr: bool) -> None:
    print(f"\nInterwoven {interwoven.__version__} is at {env.address}\n")
    if sign_ins:
        print(sign_ins.rstrip(), end="\n\n")
    if qr:
        _show_code(env)
    print("Ctrl-C stops it.", flush=True)


def _setup(_: argparse.Namespace) -> None:
    env = _environment()
    print("[1/2] Secrets and data folder", flush=True)
    steps.make_folder_and_secrets(env)
    with upkeep.in_use(env):
        print("[2/2] Databases and static files", flush=True)
        _make_ready(env)
    print("Ready.")


def _serve(_: argparse.Namespace) -> None:
    env = _environment()
    with serve.listen(env) as listener:
        steps.refuse_if_not_set_up(env)
        with upkeep.in_use(env):
            steps.start_django()
            steps.refuse_unless_of_this_version()
            steps.refuse_if_unsound()
            steps.finish_erasing()
            serve.serve(env, listener, started=lambda: _announce(env, "", qr=False))


def _qr(_: argparse.Namespace) -> None:
    _show_code(environment.read(os.environ))


def _show_code(env: Env) -> None:
    segno.make(env.address, error="m").terminal(compact=True)
    print(env.address)
    if env.public_url is None or (is_loopback(env.host) and not env.https):
        print("Only this machine can open that address. For phones: docs/how-to/two-phones.md")
    print()


def _version(_: argparse.Namespace) -> None:
    print(interwoven.__version__)


def _content(chosen: argparse.Namespace) -> None:
    sys.argv = ["interwoven content", chosen.what]
    runpy.run_module("interwoven.content", run_name="__main__")


def _demo(chosen: argparse.Namespace) -> None:
    env = _environment()
    steps.refuse_if_not_set_up(env)
    with upkeep.in_use(env):
        steps.start_django()
        print(steps.load_demonstration(env, again=chosen.what == "reset").rstrip())


def _manage(rest: Sequence[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interwoven.config.settings")
    execute_from_command_line(["interwoven manage", *rest])


def _nothing(_: argparse.Namespace) -> None:
    """`manage` is taken before the other commands, so that its options are left alone."""


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
