"""Reads a NIR file with h5py alone and runs it by NIR's rules, forward Euler with steps of 1e-4 s.

usage: run_nir.py FILE INPUT TIMESTEPS    INPUT: little-endian float32 [T, C, S, S]
Prints the logits of each timestep, a line each.
"""
import sys

import h5py
import numpy as np

DT = 1e-4
FIELDS = {
    "Input": {"shape"},
    "Output": {"shape"},
    "Conv2d": {"input_shape", "weight", "stride", "padding", "dilation", "groups", "bias"},
    "LIF": {"tau", "r", "v_leak", "v_threshold", "v_reset"},
    "IF": {"r", "v_threshold", "v_reset"},
    "AvgPool2d": {"kernel_size", "stride", "padding"},
    "SumPool2d": {"kernel_size", "stride", "padding"},
    "Threshold": {"threshold"},
    "Flatten": {"input_type", "start_dim", "end_dim"},
    "Affine": {"weight", "bias"},
}


def conv2d(node, x):
    weight, (stride, _), (padding, _) = node["weight"].astype(float), node["stride"], node["padding"]
    assert tuple(node["input_shape"]) == x.shape[1:] and node["groups"] == 1
    kernel = weight.shape[2]
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    patches = np.lib.stride_tricks.sliding_window_view(x, (kernel, kernel), axis=(1, 2))
    y = np.einsum("cyxij,ocij->oyx", patches[:, ::stride, ::stride], weight)
    return y + node["bias"].astype(float)[:, None, None]


def lif(node, x):
    v = node.get("v", np.zeros(x.shape))
    return fire(node, v + DT / node["tau"] * (node["v_leak"] - v + node["r"] * x))


def integrate_and_fire(node, x):
    return fire(node, node.get("v", np.zeros(x.shape)) + DT * node["r"] * x)


def fire(node, v):
    assert node["v_threshold"].shape == v.shape
    spikes = v > node["v_threshold"]
    node["v"] = np.where(spikes, node["v_reset"], v)
    return spikes.astype(float)


def pool(node, x, reduce):
    height, width = node["kernel_size"]
    assert (node["stride"] == node["kernel_size"]).all() and (node["padding"] == 0).all()
    channels, rows, columns = x.shape[0], x.shape[1] // height, x.shape[2] // width
    x = x[:, : rows * height, : columns * width]
    return reduce(x.reshape(channels, rows, height, columns, width), axis=(2, 4))


def flatten(node, x):
    assert tuple(node["input_type"]) == x.shape and (node["start_dim"], node["end_dim"]) == (0, -1)
    return x.reshape(-1)


RULES = {
    "Conv2d": conv2d,
    "LIF": lif,
    "IF": integrate_and_fire,
    "AvgPool2d": lambda node, x: pool(node, x, np.mean),
    "SumPool2d": lambda node, x: pool(node, x, np.sum),
    "Threshold": lambda node, x: (x > node["threshold"]).astype(float),
    "Flatten": flatten,
    "Affine": lambda node, x: node["weight"].astype(float) @ x + node["bias"],
    "Output": lambda node, x: x,
}


def main(path, samples, timesteps):
    with h5py.File(path, "r") as file:
        assert file["version"][()].decode("utf8").startswith("1.")
        graph = file["node"]
        assert graph["type"][()] == b"NIRGraph"
        nodes = {name: {k: v[()] for k, v in node.items()} for name, node in graph["nodes"].items()}
        edges = [(a.decode("utf8"), b.decode("utf8")) for a, b in graph["edges"][()]]
        metadata = {k: v[()].decode("utf8") for k, v in graph["metadata"].items()}
    assert int(metadata["network.timesteps"]) == timesteps
    for name, node in nodes.items():
        node["type"] = node["type"].decode("utf8")
        assert name.isidentifier() and set(node) - {"type"} == FIELDS[node["type"]], (name, node.keys())
    frames = np.fromfile(samples, "<f4").astype(float).reshape(timesteps, *nodes["input"]["shape"])

    for frame in frames:
        values = {"input": frame}
        while len(values) < len(nodes):
            before = len(values)
            for name, node in nodes.items():
                sources = [a for a, b in edges if b == name]
                if name not in values and all(a in values for a in sources):
                    values[name] = RULES[node["type"]](node, sum(values[a] for a in sources))
            assert len(values) > before, "a cycle"
        print(*(float(logit) for logit in values["output"]))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
