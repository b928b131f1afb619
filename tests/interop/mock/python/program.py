"""Starts and stops the program `auth-link-mock`."""

import re
import signal
import subprocess


class MockProgram:
    """The running program, until the end of a `with` block. It must end with 0 on SIGINT."""

    def __init__(self, path, *arguments):
        command = [path, *map(str, arguments)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.output = ""
        # The last line names Ctrl-C.
        while "Ctrl-C" not in self.output:
            line = self.process.stdout.readline()
            assert line, f"the program ended with {self.process.wait()} after:\n{self.output}"
            self.output += line
        self.origin = self._find('auth_server = "(.*)",')
        self.client_id = self._find("client id: *(.*)")
        self.client_secret = self._find("client secret: *(.*)")

    def _find(self, pattern):
        found = re.search(pattern, self.output)
        assert found, f"expected `{pattern}` in:\n{self.output}"
        return found[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        assert status == 0, f"expected the status 0 after SIGINT, found {status}"
