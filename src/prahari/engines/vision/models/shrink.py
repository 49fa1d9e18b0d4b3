"""How `nanodet-g-416-f16.onnx` was made of the float32 model, to be run by hand where the package `onnx` is installed:

    python shrink.py nanodet-g-416.onnx nanodet-g-416-f16.onnx

Large weights are kept in half precision, each with a Cast to float32 behind it; ONNX Runtime folds the casts when it
loads the file. So the file is half as large and everything is computed in float32, as fast as before.
"""

from __future__ import annotations

import sys

import numpy as np
import onnx  # type: ignore[import-not-found, unused-ignore]
from onnx import TensorProto, helper, numpy_helper  # type: ignore[import-not-found, unused-ignore]

SMALLEST_VALUES = 64


def shrink(source: str, target: str) -> None:
    """Raises ValueError when a weight does not fit into half precision."""
    model = onnx.load(source)
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALLEST_VALUES:
            continue
        half = values.astype(np.float16)
        if not np.isfinite(half).all():
            raise ValueError(f"{tensor.name} does not fit into half precision")
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}.f16"))
        casts.append(helper.make_node("Cast", [f"{name}.f16"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, target)


if __name__ == "__main__":
    shrink(*sys.argv[1:3])
