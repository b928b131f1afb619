"""Follows docs/testing.md as it is printed: writes its files into a new project, runs its commands there, and sends its requests
to the program. The crates come from the checkout instead of the registry.

Usage: page.py ROOT AUTH_LINK_MOCK
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from program import MockProgram

ROOT, PROGRAM = Path(sys.argv[1]).resolve(), sys.argv[2]
CRATES = {"auth-link": ".", "auth-link-ureq": "integrations/ureq", "auth-link-mock": "integrations/mock"}
BLOCK = re.compile(r"^(?:<!-- (.*?) -->\n)?```[a-z,]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A warning about the network is none of the page.
WARNING = re.compile("^warning: (?!spurious network error)", re.MULTILINE)


def patch():
    lines = [f'{name} = {{ path = "{ROOT / path}" }}' for name, path in CRATES.items()]
    return "\n[patch.crates-io]\n" + "\n".join(lines) + "\n"


def run(script, folder):
    """Runs commands, and returns the folder in which they end."""
    print("".join(f"$ {line}\n" for line in script.splitlines()), end="", flush=True)
    script = f'set -euo pipefail\n{script}\npwd >"$PAGE_FOLDER"\n'
    with tempfile.NamedTemporaryFile("r") as end:
        environment = {**os.environ, "PAGE_FOLDER": end.name}
        command = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
        print(command.stderr, end="", flush=True)
        assert command.returncode == 0 and not WARNING.search(command.stderr), "expected no error and no warning"
        return Path(end.read().strip())


def request(script, mock):
    """Runs commands for the program, at the port of this one."""
    commands = script.replace("http://127.0.0.1:3001", mock.origin).replace("curl ", "curl --silent --show-error --fail ")
    assert commands.count(mock.origin) == len(script.splitlines()), f"expected a request in each line:\n{script}"
    subprocess.run(["bash", "-euc", commands], check=True, stdout=subprocess.DEVNULL)


def main(folder):
    done = {}
    for kind, text in BLOCK.findall((ROOT / "docs/testing.md").read_text()):
        action, _, name = kind.partition(": ")
        done[action] = done.get(action, 0) + 1
        if action == "run":
            folder = run(text, folder)
        elif action == "file":
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text + (patch() if name == "Cargo.toml" else ""))
        elif action == "append":
            path = folder / name
            path.write_text(path.read_text() + "\n" + text)
        elif action == "with the program":
            with MockProgram(PROGRAM) as mock:
                request(text, mock)
        elif action == "scenario":
            (folder / "scenario.toml").write_text(text)
            with MockProgram(PROGRAM, "--scenario", folder / "scenario.toml"):
                pass
    # A changed marker must not skip a block without notice.
    expected = {"run": 3, "file": 3, "append": 6, "": 2, "test": 1, "with the program": 1, "scenario": 1}
    assert done == expected, f"expected the blocks {expected}, found {done}"


with tempfile.TemporaryDirectory() as temporary:
    main(Path(temporary))
print("docs/testing.md: each command and each test of the page passes")
