"""The checks against validators of structure alone, on generated books; and against themselves where nothing changed.

    python benchmarks/checking.py [documents …]        1,000 and 10,000 unless said otherwise

Cold is a whole process with every rule and without the memory of an earlier run. The peers look at the same documents
with the schema that ``servkit schema`` prints (``yamllint`` with its own default rules):

- ``jsonschema`` of the npm package ``@sourcemeta/jsonschema``, C++: its own program, not the JavaScript around it
- ``check-jsonschema`` and ``yamllint``, Python

Each is taken from ``PATH``, or from ``PEERS`` (folders parted as in ``PATH``); one that is missing is said to be so.
Ratios are ours over the peer's, the median of pairs run in turn; peak memory is that of all our processes together.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generate import generate
from pairs import compare, run

if TYPE_CHECKING:
    from collections.abc import Callable

_PAIRS = {1_000: 7}
_FEW_PAIRS = 3
_MIB = 1024
#: The most that a peak may be, in MiB, at 10,000 documents.
_PEAK = 150
_SERVKIT = Path(sys.executable).with_name("servkit")


class Peer(NamedTuple):
    """Another tool: how to call it on a folder of documents, the ratio that is wanted, and how to install it."""

    name: str
    wanted: float
    install: str
    command: Callable[[str, Path, Path], list[str]]


def _files(folder: Path) -> list[str]:
    return sorted(str(file) for file in folder.rglob("*.yaml"))


PEERS = (
    Peer("jsonschema", 1.0, "npm install @sourcemeta/jsonschema",
         lambda tool, schema, folder: [tool, "validate", str(schema), str(folder), "--extension", ".yaml"]),
    Peer("check-jsonschema", 1 / 25, "pip install check-jsonschema",
         lambda tool, schema, folder: [tool, "--schemafile", str(schema), *_files(folder)]),
    Peer("yamllint", 1 / 20, "pip install yamllint",
         lambda tool, _, folder: [tool, str(folder)]),
)  # fmt: skip


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        schema = work / "document.json"
        schema.write_bytes(subprocess.run([_SERVKIT, "schema"], check=True, capture_output=True).stdout)
        for size in sizes:
            _measure(work, size, schema)


def _measure(work: Path, size: int, schema: Path) -> None:
    book = generate(work / f"book-{size}", size)
    documents = work / f"documents-{size}"  # the same files without servkit.yaml, which is no document
    shutil.copytree(book, documents)
    (documents / "servkit.yaml").unlink()
    time.sleep(2.1)  # what is newer than that is compared by content, as no book is in which nothing changed
    cache = work / f"cache-{size}"
    env = {**os.environ, "SERVKIT_CACHE": str(cache)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    ours = [str(_SERVKIT), "lint", "--book", str(book)]
    run(ours, env)  # what the installation keeps (bytecode, the command line) is there from the second run on

    def forget() -> None:
        shutil.rmtree(cache / "lint", ignore_errors=True)

    pairs = _PAIRS.get(size, _FEW_PAIRS)
    print(f"\n{size:,} documents\n{'':34}  ours/theirs  wanted      ours    theirs")
    for peer in PEERS:
        tool = _tool(peer.name)
        if tool is None:
            print(f"{'cold / ' + peer.name:34}  not measured: {peer.name} is not installed ({peer.install})")
            continue
        found = compare(ours, peer.command(tool, schema, documents), pairs=pairs, env=env, before=forget)
        _row(f"cold / {peer.name}", found.time, peer.wanted, f"{found.ours:8.2f}s {found.peers:8.2f}s")
    ratios = []
    for _ in range(pairs):
        forget()
        cold, again = run(ours, env), run(ours, env)
        ratios.append((again.seconds / cold.seconds, again.seconds, cold.seconds))
    again_ratio, ours_again, ours_cold = sorted(ratios)[len(ratios) // 2]
    _row("nothing changed / cold", again_ratio, 0.1, f"{ours_again:8.2f}s {ours_cold:8.2f}s")
    forget()
    peak = peak_of_all(ours, env) / _MIB
    print(f"{'peak memory, all processes':34}  {peak:8.0f} MiB  {_PEAK} MiB at 10,000")


def _row(what: str, ratio: float, wanted: float, seconds: str) -> None:
    print(f"{what:34}  {ratio:11.2f}  {wanted:6.2f}  {seconds}", flush=True)


def _tool(name: str) -> str | None:
    """A peer's program. npm puts JavaScript around the C++ one, which is not what is to be measured."""
    path = os.pathsep.join(filter(None, (os.environ.get("PEERS"), os.environ.get("PATH"))))
    found = shutil.which(name, path=path)
    if found is None or name != "jsonschema":
        return found
    system, machine = platform.system().lower(), platform.machine().replace("aarch64", "arm64")
    inside = Path(found).resolve().parent.parent / "build" / "github-releases" / f"jsonschema-{system}-{machine}"
    return str(inside) if inside.is_file() else found


def peak_of_all(command: list[str], env: dict[str, str]) -> int:
    """The most memory, in KiB, that a process and its children hold together; shared pages are counted once, by share.

    Without /proc the peak of the largest of them.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    peaks = [0]

    def look() -> None:
        while process.poll() is None:
            peaks.append(sum(map(_share, _family(process.pid))))
            time.sleep(0.02)

    if not Path("/proc/self/smaps_rollup").exists():
        process.kill()
        process.wait()
        return run(command, env).peak
    watcher = threading.Thread(target=look)
    watcher.start()
    watcher.join()
    return max(peaks)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
