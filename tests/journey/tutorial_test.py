#!/usr/bin/python3
"""pipelines/tutorial/README.md, run as its reader would: every ```sh block, in order, in one shell."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import program

TUTORIAL = os.path.join(program.ROOT, "pipelines", "tutorial")
PATH = "/usr/bin:/bin:/usr/local/bin"  # Debian's AWS CLI and Python
SECONDS_MAX = 400


class Tutorial(unittest.TestCase):
    def setUp(self):
        self.tidemill = program.Tidemill().start()
        self.addCleanup(self.tidemill.stop)
        self.folder = tempfile.mkdtemp(prefix="tutorial-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        for name in os.listdir(TUTORIAL):
            shutil.copy(os.path.join(TUTORIAL, name), self.folder)

    def test_its_commands_do_what_it_says(self):
        with open(os.path.join(TUTORIAL, "README.md"), encoding="utf-8") as file:
            sections = re.split(r"^## ", file.read(), flags=re.M)
        script = "set -eo pipefail\n"
        for section in sections:
            title = section.splitlines()[0]
            blocks = re.findall(r"^```sh\n(.*?)^```$", section, flags=re.M | re.S)
            if blocks:
                script += f"echo '## {title}'\n" + "\n".join(blocks)
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, text=True, capture_output=True, check=False,
            timeout=SECONDS_MAX, env={"PATH": PATH, "HOME": self.folder, "LANG": "C.UTF-8",
                                      "AWS_ENDPOINT_URL": self.tidemill.endpoint})
        told = done.stdout + done.stderr
        self.assertEqual(done.returncode, 0, told)
        answer = told.split("## 7. Ask in SQL")[1].split("## ")[0].split()
        self.assertEqual(answer[:3], ["product", "orders", "revenue"], told)
        self.assertEqual(sum(int(count) for count in answer[4::3]), 20, told)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
