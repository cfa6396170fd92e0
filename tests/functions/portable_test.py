#!/usr/bin/python3
"""The functions of pipelines/sales run on Amazon Linux 2023: glibc 2.34, its libgcc, nothing else."""
import os
import re
import subprocess
import unittest

BUILD = os.environ["TIDEMILL_BUILD"]
GLIBC_MAX = (2, 34)
LIBRARIES = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2"}


def objdump(option, name):
    program = os.path.join(BUILD, "pipelines", "sales", name, "bootstrap")
    return subprocess.run(["objdump", option, program], check=True, capture_output=True, text=True).stdout


class Portable(unittest.TestCase):
    def test_symbols_and_libraries(self):
        for name in ("generate_mock_data", "transform_data"):
            with self.subTest(name):
                versions = re.findall(r"GLIBC_(\d+)\.(\d+)", objdump("-T", name))
                self.assertTrue(versions)
                self.assertLessEqual(max((int(a), int(b)) for a, b in versions), GLIBC_MAX)
                needed = set(re.findall(r"NEEDED\s+(\S+)", objdump("-p", name)))
                self.assertLessEqual(needed, LIBRARIES)


if __name__ == "__main__":
    unittest.main(verbosity=2)
