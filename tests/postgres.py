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


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server that is stopped and deleted in the end. Its socket lies in its own folder."""
    programs, folder = _programs(), Path(tempfile.mkdtemp(prefix="servkit-postgres-"))
    user = "nobody" if os.getuid() == 0 else None  # PostgreSQL does not run as root
    if user:
        shutil.chown(folder, user)
    password = folder / "password"
    password.write_text(PASSWORD)
    password.chmod(0o644)

    def run(program: str, *args: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *args]
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, env={"LC_ALL": "C"})

    start = f"-k {folder} -c listen_addresses='' -c fsync=off -c unix_socket_permissions=0777"
    try:
        run("initdb", "-U", "clerk", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "-w", "-o", start, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://clerk:{PASSWORD}@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
