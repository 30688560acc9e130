"""`antq` run in the test's own process, and a small archive of typed letters."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from antq_cli.cli.run import run as run_antq

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ LÂM
Số: 21/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Lâm, ngày 05 tháng 4 năm 2021

KẾ HOẠCH
Trồng cây bóng mát ven đường năm 2021

Căn cứ Quyết định số 9/QĐ-UBND ngày 12/01/2021 của Ủy ban nhân dân tỉnh Hà Lâm về đề án trồng cây, Ủy ban nhân dân \
tỉnh ban hành kế hoạch như sau:
1. Mỗi xã trồng ít nhất hai trăm cây.
2. Ủy ban nhân dân các huyện báo cáo kết quả về Sở Xây dựng trước ngày 20/10/2021./.

Nơi nhận:
- Các sở, ngành;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Mẫu
"""
LETTER = """ỦY BAN NHÂN DÂN
HUYỆN ĐÔNG KHÊ
Số: 88/UBND-KT
V/v trồng cây ven đường
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đông Khê, ngày 19 tháng 5 năm 2021

Kính gửi: Ủy ban nhân dân các xã, thị trấn.

Thực hiện Kế hoạch số 21/KH-UBND ngày 05/4/2021 của Ủy ban nhân dân tỉnh Hà Lâm về trồng cây bóng mát ven đường năm \
2021, Ủy ban nhân dân huyện đề nghị các xã chuẩn bị cây giống./.

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Thị Ví Dụ
"""
FAULTY = LETTER.replace("Số: 88/UBND-KT\n", "").replace("cây giống", "cuốc xẻng")
"""A letter without its number."""
SECRET = LETTER.replace("Số: 88/UBND-KT", "MẬT\nSố: 89/UBND-KT").replace("cây giống", "phương án zircon")


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `antq` with these arguments as a script would: no terminal, no variables of antq set."""
    for name in ("ANTQ_ARCHIVE", "ANTQ_LANG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run_antq([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return call


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two typed letters: a plan, and a letter that carries it out."""
    folder = tmp_path_factory.mktemp("letters")
    (folder / "a-ke-hoach.txt").write_text(PLAN, "utf-8")
    (folder / "b-cong-van.txt").write_text(LETTER, "utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(letters: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of these letters, numbers 1 and 2. Tests only read it."""
    path = tmp_path_factory.mktemp("kho") / "kho"
    assert run_antq(["ingest", str(letters), "--archive", str(path), "-q", "--jobs", "1"]) == 0
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A letter without its number."""
    path = tmp_path / "thieu-so.txt"
    path.write_text(FAULTY, "utf-8")
    return path


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A letter with a secrecy stamp; the word `zircon` is in no other letter."""
    path = tmp_path / "mat.txt"
    path.write_text(SECRET, "utf-8")
    return path
