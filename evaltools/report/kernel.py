"""Run a notebook with this very Python, whatever kernels the machine has installed, and say nothing while doing so."""

from __future__ import annotations

import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

__all__ = ["ThisPython"]


class ThisPython(AsyncKernelManager):
    """A kernel of the interpreter that is running now. What it prints at start and end belongs to nobody's report."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """How to start this interpreter as a kernel."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")

    async def _async_start_kernel(self, **options: Any) -> None:
        await super()._async_start_kernel(**{**options, "stdout": _NOWHERE, "stderr": _NOWHERE})

    start_kernel = _async_start_kernel


_NOWHERE = -3  # subprocess.DEVNULL
