"""Makes one PDF and ends: a process of its own, so that a document can be stopped and cannot take anything with it.

Reads {"source", "root", "packages", "fonts", "inputs", "limits"} as JSON from standard input, writes the PDF to
standard output. Started by its path in isolated mode (`python -I compiler.py`), it imports nothing of ours, and reads
files in `root` alone.
"""

from __future__ import annotations

import json
import resource
import sys

import typst


def main() -> int:
    job = json.load(sys.stdin.buffer)
    limits = job["limits"]
    resource.setrlimit(resource.RLIMIT_DATA, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_s"], limits["cpu_s"]))
    try:
        pdf = typst.compile(
            job["source"].encode(),
            root=job["root"],
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[job["fonts"]]),
            ignore_system_fonts=True,
            sys_inputs=job["inputs"],
            package_path=job["packages"],
            package_cache_path=job["packages"],
            timestamp=0,  # the same data gives the same bytes, so that a hash can be kept
            format="pdf",
        )
    except typst.TypstError as error:
        sys.stderr.write(error.diagnostic or error.message)
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
