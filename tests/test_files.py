"""No device is replaced, nothing half is left behind, and what may never end is not read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from servkit.files import read_file, write_file

#: Where Linux says what a process has open.
needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="there is no /proc")


def test_a_file_is_replaced_as_a_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)
    path.write_text("before")
    path.chmod(0o640)
    (tmp_path / "link").symlink_to(path.name)
    write_file(tmp_path / "link", b"after")
    assert path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link").is_symlink()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="nobody reads from this pipe"):
        write_file(tmp_path / "pipe", b"x")
    with subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        keeps_it_open = os.open(tmp_path / "pipe", os.O_RDWR)
        write_file(tmp_path / "pipe", b"x" * 100_000)
        os.close(keeps_it_open)
        assert reader.stdout is not None
        assert len(reader.stdout.read()) == 100_000
    assert (tmp_path / "pipe").is_fifo()


def test_a_device_stays_one(tmp_path: Path) -> None:
    (tmp_path / "null").symlink_to("/dev/null")
    write_file(tmp_path / "null", b"x")
    assert (tmp_path / "null").is_char_device()
    (tmp_path / "full").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        write_file(tmp_path / "full", b"x")


def test_what_takes_no_bytes_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "round").symlink_to("round")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("socket")
        for name in ("folder", "socket", "round", "a\0b", "x" * 5000, "folder/none/file"):
            with pytest.raises(OSError):
                write_file(tmp_path / name, b"x")
        assert (tmp_path / "socket").is_socket()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "round", "socket"]


@needs_proc
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("to", ["pipe", "file"])
def test_what_a_process_has_open_is_written_to_where_it_stands(name: str, to: str, tmp_path: Path) -> None:
    code = f"import pathlib; from servkit.files import write_file; print('before', flush=True); write_file(pathlib.Path({name!r}), b'after')"  # noqa: E501
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run([sys.executable, "-c", code], stdout=out if to == "file" else subprocess.PIPE, check=True)
    assert (done.stdout or (tmp_path / "out").read_bytes()) == b"before\nafter"


def test_what_may_never_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "big").write_bytes(b"x" * 11)
    (tmp_path / "fits").write_bytes(b"x" * 10)
    assert read_file("fits", 10) == b"x" * 10
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("socket")
        for name in ("pipe", "zero", "socket", ".", "big", "gone", "a\0b", "\udfff", "x" * 5000):
            with pytest.raises(OSError):
                read_file(name, 10)
