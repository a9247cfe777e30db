"""The state of the served site: which process answers, what is wrong, and which build is on disk.

Pages that somebody looks at are made from memory at once. The whole site is built when nothing has
been saved or requested for a while, for the search index, which only a build makes, and so that
``output/`` matches what was seen.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desk.overview import Group, ShownPage
from desk.preview_process import Failed, PreviewProcess
from desk.proofreader import Proofreader
from desk.proofreading import Findings, Subject, subjects_of

#: Seconds without a save or a request before the whole site is built.
_IDLE = 1.0
#: How much a build gives way to the preview (nice(2)).
_NICE = 10


class ServedSite:
    """The site of the project in ``root``, served at ``url``.

    ``version`` counts the saves, ``problems`` is what is wrong now.
    """

    def __init__(self, root: Path, url: str) -> None:
        self.url = url
        self.version = 1
        self.changed = threading.Condition()
        self._root = root
        self._process: PreviewProcess | None = None
        self._wrong = {"preview": "", "build": ""}
        self._built = 0
        self._wanted = False
        self._used = time.monotonic()
        self._build: subprocess.Popen[str] | None = None
        self._closed = False
        self.proofreader = Proofreader(self._proofread, lambda: self.version, lambda: self._used)

    @property
    def problems(self) -> str:
        """What is wrong with the site, "" if nothing is."""
        return self._wrong["preview"] or self._wrong["build"]

    def differs(self, version: int) -> bool:
        """Tell whether anything was saved since ``version``."""
        return self.version != version

    def start(self) -> None:
        """Start a process with the code as it is now; the previous one goes on if that fails."""
        try:
            process = PreviewProcess(self._root, self.url)
        except Failed as failed:
            self._tell(str(failed))
            return
        before, self._process = self._process, process
        if before:
            before.close()
        self._tell(process.problems)

    def saved(self, paths: Sequence[str]) -> None:
        """Take note that files of the content or the theme were saved."""
        if self._process is None:
            self.start()
            return
        wrong, failed = self._ask("saved", paths)
        self._tell(failed or wrong or "")
        self.proofreader.saved(subjects_of(paths, self._root / "content"))

    def read(self, path: str) -> bytes | None:
        """Return what is at ``path`` of the output, None where there is nothing.

        Where it cannot be made, it is what the last build made.
        """
        self._used = time.monotonic()
        found: bytes | None
        found, wrong = self._ask("read", path)
        indexed = found is None and "/pagefind/" in path  # which only a build makes
        if wrong:
            self._tell(wrong)
        elif indexed:
            self._wait_until_built()
        return self._answer("built", path) if wrong or indexed else found

    def unpublished(self) -> dict[str, str]:
        """Return the addresses of drafts and of what is waiting, with the words that say so."""
        return self._answer("unpublished", "") or {}

    def facts(self, path: str) -> ShownPage:
        """Return what the page at ``path`` is about."""
        return self._answer("facts", path) or ShownPage()

    def groups(self) -> tuple[Group, ...]:
        """Return what waits for somebody's work."""
        return self._answer("groups", "") or ()

    def _proofread(self, subject: Subject) -> Findings | None:
        process = self._process
        if process is None or self._wrong["preview"]:
            return None
        try:
            found: Findings | None = process.ask_aside("proofread", subject)
        except Failed:  # whoever asks for a page next is told why
            return None
        return found

    def _answer(self, question: str, path: str) -> Any:
        """Return the answer; None where something is wrong, which is told."""
        found, wrong = self._ask(question, path)
        if wrong:
            self._tell(wrong)
        return found

    def _ask(self, question: str, about: str | Sequence[str]) -> tuple[Any, str]:
        """Return the answer, or what is wrong; neither where no process is there to answer."""
        while (process := self._process) is not None:
            try:
                found, wrong = process.ask(question, about)
            except Failed as failed:
                if self._process is process:
                    self._process = None
                    return None, str(failed)
                continue  # another has taken its place meanwhile
            return found, wrong
        return None, ""

    def _tell(self, wrong: str) -> None:
        """Tell open pages that the site has changed, or what is wrong with it."""
        if wrong:
            print(wrong, flush=True)
        with self.changed:
            self._wrong = {"preview": wrong, "build": ""}
            self.version += 1
            self._used = time.monotonic()
            self.changed.notify_all()

    def _wait_until_built(self) -> None:
        with self.changed:
            self._wanted = True
            self.changed.notify_all()
            self.changed.wait_for(lambda: self._built == self.version or self._closed or bool(self.problems))

    def build_when_idle(self) -> None:
        """Build the whole site whenever it has changed and is idle, until :meth:`close`."""
        while not self._closed:
            with self.changed:
                self.changed.wait_for(lambda: self._built != self.version and not self._wrong["preview"], timeout=1)
                wait = 0 if self._wanted else self._used + _IDLE - time.monotonic()
                if self._built == self.version or self._wrong["preview"]:
                    continue
                if wait > 0:
                    self.changed.wait(timeout=wait)
                    continue
                self._wanted, version = False, self.version
            self._run_build(version)

    def _run_build(self, version: int) -> None:
        command = [sys.executable, "-m", "desk.build", "content", "-s", "pelicanconf.py", "--fatal", "errors"]
        command += ["-e", f"SITEURL={json.dumps(self.url)}"]
        with subprocess.Popen(  # noqa: S603
            command, cwd=self._root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as self._build:
            os.setpriority(os.PRIO_PROCESS, self._build.pid, _NICE)
            said, wrong = self._build.communicate()
        if self._closed:
            return
        print(said + wrong, end="", flush=True)
        with self.changed:
            self._built = version
            failed = self._build.returncode != 0
            if failed and version == self.version:
                self._wrong["build"] = wrong.strip() or said.strip()
                self.version += 1
                self._built = self.version
            self.changed.notify_all()

    def close(self) -> None:
        """End the processes."""
        self._closed = True
        self.proofreader.close()
        for process in (self._build, self._process):
            if isinstance(process, PreviewProcess):
                process.close()
            elif process and process.poll() is None:
                process.kill()
        with self.changed:
            self.changed.notify_all()
