"""A real PostgreSQL, which the tests start themselves in a folder of their own, and which no network reaches."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools import absent

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "not-to-be-told"


def _programs() -> Path:
    """The folder of initdb and pg_ctl: on the PATH, or where Debian keeps the newest version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else Path(absent("no PostgreSQL: .ci/tools installs it"))


class PostgresCluster:
    """A server in a folder, which a test may stop and start again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.programs = folder, _programs()
        self.user = "nobody" if os.getuid() == 0 else None  # PostgreSQL does not run as root
        if self.user:
            shutil.chown(folder, self.user)
        password = folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run("initdb", "-U", "clerk", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--no-sync")

    def address(self, database: str = "postgres", password: str = PASSWORD) -> str:
        """The address of a database. The socket of the server lies in its own folder."""
        return f"postgresql://clerk:{password}@/{database}?host={self.folder}"

    def start(self, *options: str) -> None:
        """Start the server. As fast as it goes: what it writes is lost if the machine stops."""
        fixed = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c unix_socket_permissions=0777"
        self._run("pg_ctl", "-w", "-o", " ".join((fixed, *options)), "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        """Stop the server at once, whoever is connected."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *args: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *args]
        subprocess.run(
            command, user=self.user, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, env={"LC_ALL": "C"}
        )


#: Stops the server and deletes its folder once nobody holds the other end of its input, however the tests end.
_GUARD = 'cat >/dev/null; ./stop >/dev/null 2>&1; rm -rf "$PWD"'


@contextmanager
def postgres_cluster() -> Iterator[PostgresCluster]:
    """A running server that is stopped and deleted in the end, even where the tests are killed."""
    folder = Path(tempfile.mkdtemp(prefix="servkit-postgres-"))
    cluster = PostgresCluster(folder)
    stop = folder / "stop"
    stop.write_text(f"#!/bin/sh\nexec {cluster.programs}/pg_ctl -D data -m immediate -w stop\n")
    stop.chmod(0o755)
    with subprocess.Popen(
        ["sh", "-c", _GUARD], user=cluster.user, cwd=folder, stdin=subprocess.PIPE, start_new_session=True
    ):
        cluster.start()
        yield cluster
    shutil.rmtree(folder, ignore_errors=True)
