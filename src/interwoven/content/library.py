"""Read the content library: TOML files in, core values out, every mistake named at once.

A library lies in a folder of acts/, checkins/ and questions/, each with a folder for every id and
in it a file for every version: acts/ordinary-week/1.toml. Beside them lies library.lock.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from interwoven.content import lock, meaning
from interwoven.content.shapes import Misshapen, fill
from interwoven.core.acts import ActSet, QuestionSet
from interwoven.core.instruments import Instrument
from interwoven.core.provenance import Status

WEEKLY = "weekly"  # the id of the check-in everybody is asked
FEWEST_FOR_ANY_WEEK = 6  # sets, so that the same acts do not come back every month
SHAPES: Mapping[str, type[ActSet | Instrument | QuestionSet]] = {
    "acts": ActSet,
    "checkins": Instrument,
    "questions": QuestionSet,
}


class Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def status(self) -> Status: ...


V = TypeVar("V", bound=Versioned)


class BadLibrary(Exception):
    """One or more content files are wrong; `problems` lists them all, file by file."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Library:
    """Everything there is to ask, by name and version such as "ordinary-week@1".

    Drafts and retired versions are in it, so that whatever was answered can still be read.
    """

    act_sets: Mapping[str, ActSet]
    instruments: Mapping[str, Instrument]
    question_sets: Mapping[str, QuestionSet]

    @property
    def published_act_sets(self) -> tuple[ActSet, ...]:
        """The sets to choose from today, sorted by id."""
        return latest_published(self.act_sets.values())

    @property
    def published_question_sets(self) -> tuple[QuestionSet, ...]:
        return latest_published(self.question_sets.values())

    @property
    def weekly(self) -> Instrument:
        """The check-in to ask this week. A library without one does not load."""
        published = latest_published(self.instruments.values())
        return next(found for found in published if found.id == WEEKLY)


def latest_published(versions: Iterable[V]) -> tuple[V, ...]:
    """The newest published version of each id, sorted by id."""
    newest: dict[str, V] = {}
    for found in sorted(versions, key=lambda found: (found.id, found.version)):
        if found.status is Status.PUBLISHED:
            newest[found.id] = found
    return tuple(newest.values())


def load(*roots: Path) -> Library:
    """Read every file under these folders; raise `BadLibrary` if any of them is wrong."""
    shelves = [_Shelf.read(root) for root in roots]
    problems = [problem for shelf in shelves for problem in (*shelf.problems, *shelf.unlocked())]
    files = [file for shelf in shelves for file in shelf.files]
    problems += [*_twice(files), *_alike(files)]
    library = Library(
        act_sets=MappingProxyType(_by_ref(files, ActSet)),
        instruments=MappingProxyType(_by_ref(files, Instrument)),
        question_sets=MappingProxyType(_by_ref(files, QuestionSet)),
    )
    if not problems:
        problems += _lacking(library)
    if problems:
        raise BadLibrary(problems)
    return library


def check(*roots: Path) -> list[str]:
    """Every mistake in the files under these folders; none, and they load."""
    try:
        load(*roots)
    except BadLibrary as error:
        return list(error.problems)
    return []


def keep(root: Path) -> list[str]:
    """Lock the published versions not locked yet, and name them. Raises `BadLibrary`."""
    shelf = _Shelf.read(root)
    if shelf.problems:
        raise BadLibrary(shelf.problems)
    return lock.write(root, shelf.asked())


@dataclass(frozen=True, slots=True)
class _File:
    """One file that could be read and filled its shape."""

    name: str  # "acts/ordinary-week@1"
    place: str  # "content/acts/ordinary-week/1.toml"
    digest: str
    value: ActSet | Instrument | QuestionSet


@dataclass(frozen=True, slots=True)
class _Shelf:
    """One folder of content: the files that are right by themselves, and what is wrong."""

    root: Path
    files: Sequence[_File]
    problems: Sequence[str]

    @classmethod
    def read(cls, root: Path) -> _Shelf:
        if not root.is_dir():
            return cls(root, (), (f"{root}: there is no such folder",))
        files: list[_File] = []
        problems = [f"{root.name}/{lock.NAME}: {why}" for why in lock.read(root)[1]]
        for path in sorted(root.rglob("*.toml")):
            place = f"{root.name}/{path.relative_to(root).as_posix()}"
            try:
                files.append(_read(path, path.relative_to(root).parts, place))
            except Misshapen as error:
                problems += [f"{place}: {why}" for why in error.problems]
            except RecursionError:
                problems.append(f"{place}: is nested too deep")
        return cls(root, files, problems)

    def asked(self) -> lock.Digests:
        """The digests of everything that is or was asked of people."""
        return {file.name: file.digest for file in self.files if _was_asked(file.value)}

    def unlocked(self) -> Iterator[str]:
        """Say what breaks the lock. A file wrong in itself is not called missing besides."""
        if not self.root.is_dir():
            return
        places = {file.name: file.place for file in self.files}
        drafts = frozenset(places) - self.asked().keys()
        for name, why in lock.compare(lock.read(self.root)[0], self.asked(), drafts):
            if name or not self._holds(why.split()[0]):
                yield f"{places.get(name, f'{self.root.name}/{lock.NAME}')}: {why}"

    def _holds(self, name: str) -> bool:
        found_id, _, version = name.partition("@")
        return (self.root / found_id / f"{version}.toml").exists()


def _read(path: Path, parts: tuple[str, ...], place: str) -> _File:
    """Read one file. Raises `Misshapen` with everything that is wrong with it by itself."""
    if len(parts) != 3 or parts[0] not in SHAPES:
        raise Misshapen(["nothing reads a file in this place; see content/README.md"])
    data = _toml(path)
    problems = list(meaning.about_text(data))
    try:
        value = fill(SHAPES[parts[0]], data)
    except Misshapen as error:
        raise Misshapen([*error.problems, *problems]) from None
    problems += meaning.about_name(value.id, value.version, parts[1], path.stem)
    problems += _about(value)
    if problems:
        raise Misshapen(problems)
    return _File(f"{parts[0]}/{value.ref}", place, lock.digest(data), value)


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise Misshapen([f"is not UTF-8, from byte {error.start} on"]) from None
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise Misshapen([str(error)]) from None


def _about(value: ActSet | Instrument | QuestionSet) -> Iterator[str]:
    match value:
        case ActSet():
            return meaning.about_acts(value)
        case Instrument():
            return meaning.about_instrument(value)
        case QuestionSet():
            return meaning.about_questions(value)


def _was_asked(value: Versioned) -> bool:
    return value.status is not Status.DRAFT


def _by_ref(files: Iterable[_File], kind: type[V]) -> dict[str, V]:
    return {file.value.ref: file.value for file in files if isinstance(file.value, kind)}


def _twice(files: Iterable[_File]) -> Iterator[str]:
    """Two folders of content may not hold the same name and version."""
    places: dict[str, str] = {}
    for file in files:
        if file.name in places:
            yield f"{file.place}: {file.name} is in {places[file.name]} as well"
        places.setdefault(file.name, file.place)


def _alike(files: Sequence[_File]) -> Iterator[str]:
    """Compare the newest version of every set that is not retired, drafts among them."""
    newest: dict[str, ActSet] = {}
    places = {file.value.ref: file.place for file in files if isinstance(file.value, ActSet)}
    for found in _by_ref(files, ActSet).values():
        known = newest.get(found.id)
        if found.status is not Status.RETIRED and (not known or known.version < found.version):
            newest[found.id] = found
    for found, why in meaning.alike(newest.values()):
        yield f"{places[found.ref]}: {why}"


def _lacking(library: Library) -> Iterator[str]:
    """Say what there is nothing of to ask."""
    general = sum(found.for_any_week for found in library.published_act_sets)
    if general < FEWEST_FOR_ANY_WEEK:
        yield f"acts: published and for any week: {general}; at least {FEWEST_FOR_ANY_WEEK}"
    if not library.published_question_sets:
        yield "questions: no questions are published"
    if all(found.id != WEEKLY for found in latest_published(library.instruments.values())):
        yield f"checkins: no check-in called {WEEKLY} is published"
