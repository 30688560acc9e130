"""scripts/setup on machines that have and lack things: played by a PATH of its own, without network and rights."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script for the POSIX shell")

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "cat", "grep", "env", "rm", "sed", "chmod")
TESSERACT = """#!/bin/sh
echo 'List of available languages (3):'
cat "{languages}"
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"{log}"
case $1 in
  install)
    printf '#!/bin/sh\\ncat "{languages}"\\n' >"{bin}/tesseract"
    chmod +x "{bin}/tesseract"
    for word in "$@"; do echo "$word" | sed 's/tesseract-ocr-//' >>"{languages}"; done ;;
esac
"""
PYTHON = """#!/bin/sh
case "$*" in
  *'pip install'*) echo "$*" >>"{log}"; exit {pip} ;;
  *) exec "{real}" "$@" ;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """A checkout with a virtual environment, and a PATH that holds only what is put there."""

    checkout: Path
    bin: Path
    log: Path
    languages: Path

    def put(self, name: str, program: str, **values: object) -> None:
        path = self.bin / name
        path.write_text(
            program.format(log=self.log, bin=self.bin, languages=self.languages, real=sys.executable, **values), "utf-8"
        )
        path.chmod(0o755)

    def put_tesseract(self, *languages: str) -> None:
        self.languages.write_text("".join(f"{language}\n" for language in languages), "utf-8")
        self.put("tesseract", TESSERACT)

    def put_python(self, pip: int = 0) -> None:
        """A Python of the environment whose pip only tells what it was asked for."""
        self.put("venv-python", PYTHON, pip=pip)
        shutil.copy(self.bin / "venv-python", self.checkout / ".venv" / "bin" / "python")

    def setup(self, *options: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("", "utf-8")
        return subprocess.run(
            [shutil.which("sh") or "sh", str(self.checkout / "scripts" / "setup"), *options],
            env={"PATH": str(self.bin), "CI": "true"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    @property
    def done(self) -> list[str]:
        """What pip and apt-get were asked for."""
        return self.log.read_text("utf-8").splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Python and Tesseract with Vietnamese are there, nothing is installed yet; root, but no apt-get."""
    checkout = tmp_path.resolve() / "a checkout"
    for folder in ("scripts", ".venv/bin"):
        (checkout / folder).mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup", checkout / "scripts" / "setup")
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-fast.lock", "pyproject.toml"):
        (checkout / name).write_text(f"# {name}\n", "utf-8")
    (checkout / ".venv" / "bin" / "pip").write_text(f"#!{checkout}/.venv/bin/python\n", "utf-8")
    made = Machine(checkout, tmp_path / "bin", tmp_path / "log", tmp_path / "languages")
    made.bin.mkdir()
    for tool in TOOLS:
        (made.bin / tool).symlink_to(shutil.which(tool) or pytest.fail(tool))
    made.put("id", "#!/bin/sh\necho 0\n")
    made.put_python()
    made.put_tesseract("eng", "osd", "vie")
    return made


def test_libraries_come_from_the_lock_file_with_hashes_and_the_project_from_nowhere(machine: Machine) -> None:
    """The first run installs the locked wheels by their hashes, then antq without any index."""
    ran = machine.setup()
    assert ran.returncode == 0, ran.stderr
    libraries, project = machine.done
    assert "--require-hashes --only-binary :all: --requirement requirements.lock" in libraries
    assert "--no-index --no-deps --no-build-isolation --editable ." in project


def test_a_second_run_installs_nothing(machine: Machine) -> None:
    """Once everything is there, neither pip nor apt-get is called: it works without a network."""
    machine.setup()
    ran = machine.setup()
    assert (ran.returncode, machine.done) == (0, [])


def test_a_changed_lock_file_is_installed(machine: Machine) -> None:
    """New versions in the lock file are noticed."""
    machine.setup()
    (machine.checkout / "requirements.lock").write_text("# newer\n", "utf-8")
    assert machine.setup().returncode == 0
    assert any("requirements.lock" in line for line in machine.done)


def test_a_development_set_holds_what_running_needs(machine: Machine) -> None:
    """After --dev, a plain run finds everything there; the other way round, --dev installs what is missing."""
    machine.setup()
    machine.setup("--dev")
    assert any("requirements-dev.lock" in line for line in machine.done)
    machine.setup()
    assert machine.done == []


def test_the_fast_set_holds_what_running_needs(machine: Machine) -> None:
    """After --fast, a plain run finds everything there; after a plain run, --fast installs the library."""
    machine.setup()
    machine.setup("--fast")
    assert any("requirements-fast.lock" in line for line in machine.done)
    machine.setup()
    assert machine.done == []


def test_a_failed_installation_is_not_remembered(machine: Machine) -> None:
    """Without a network it says what to do and exits with 1; the next run tries again."""
    machine.put_python(pip=1)
    ran = machine.setup()
    assert ran.returncode == 1
    assert "PIP_FIND_LINKS" in ran.stderr
    assert "Traceback" not in ran.stderr
    machine.put_python()
    assert machine.setup().returncode == 0
    assert len(machine.done) == 2


def test_missing_tesseract_is_installed_with_its_data(machine: Machine) -> None:
    """Program, Vietnamese and orientation data come from apt-get."""
    (machine.bin / "tesseract").unlink()
    machine.languages.write_text("", "utf-8")
    machine.put("apt-get", APT)
    ran = machine.setup()
    assert ran.returncode == 0, ran.stderr
    installed = next(line for line in machine.done if line.startswith("apt-get install"))
    assert installed.endswith("tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd")


def test_only_what_is_missing_is_installed(machine: Machine) -> None:
    """Where Tesseract lacks Vietnamese alone, nothing else is asked for."""
    machine.put_tesseract("eng", "osd")
    machine.put("apt-get", APT)
    assert machine.setup().returncode == 0
    installed = next(line for line in machine.done if line.startswith("apt-get install"))
    assert installed.endswith("--no-install-recommends tesseract-ocr-vie")


def test_a_moved_environment_is_made_anew(machine: Machine) -> None:
    """Programs of an environment name its place; after a move of the checkout they would start another Python."""
    machine.setup()
    (machine.checkout / ".venv" / "bin" / "pip").write_text("#!/elsewhere/.venv/bin/python\n", "utf-8")
    moved = machine.checkout.with_name("moved")
    machine.checkout.rename(moved)
    machine.put(
        "python3", PYTHON.replace("exec", 'case "$*" in *"-m venv"*) echo "$*" >>"{log}"; exit 1 ;; esac; exec'), pip=0
    )
    ran = replace(machine, checkout=moved).setup()
    assert ran.returncode == 1
    assert machine.done == ["-m venv --clear .venv"]


def test_without_apt_get_it_says_what_is_missing(machine: Machine) -> None:
    """The libraries are installed all the same; exit code 4 and a line that names the packages."""
    machine.put_tesseract("eng")
    ran = machine.setup()
    assert ran.returncode == 4
    assert "apt-get install tesseract-ocr-vie tesseract-ocr-osd" in ran.stderr
    assert len(machine.done) == 2


def test_without_rights_it_says_what_to_ask_for(machine: Machine) -> None:
    """A person without root and sudo is told what an administrator must run; apt-get is not called."""
    (machine.bin / "tesseract").unlink()
    machine.put("id", "#!/bin/sh\necho 1000\n")
    machine.put("apt-get", APT)
    ran = machine.setup()
    assert ran.returncode == 4
    assert "tesseract-ocr-vie" in ran.stderr
    assert not any(line.startswith("apt-get") for line in machine.done)


def test_without_python_it_says_which_one(machine: Machine) -> None:
    """No Python of the versions antq runs on: one line with them, exit code 1."""
    (machine.checkout / ".venv" / "bin" / "python").unlink()
    machine.put("python3", "#!/bin/sh\nexit 1\n")
    ran = machine.setup()
    assert ran.returncode == 1
    assert "3.11, 3.12" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_an_unknown_option_is_refused(machine: Machine) -> None:
    """Wrong usage exits with 2 and does nothing."""
    ran = machine.setup("--everything")
    assert (ran.returncode, machine.done) == (2, [])
