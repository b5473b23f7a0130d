from __future__ import annotations

import sys

from evaltools.report.kernel import ThisPython


def test_the_kernel_is_this_interpreter_whatever_is_installed():
    manager = ThisPython(kernel_name="nonexistent")
    assert manager.kernel_spec.argv[0] == sys.executable
    assert manager.kernel_spec.argv[1:3] == ["-m", "ipykernel_launcher"]
