#!/usr/bin/env python3
"""Steps of PyTorch to measure beside ours: one-level and bi-level searches (DARTS, both orders), and final training.

    pip install torch
    python test/bench/torch_steps.py --step bi-level --space darts --cells 8 --channels 16 --batch 16 --steps 5 [--threads 2]
    python test/bench/torch_steps.py --net DARTS_V2 --cells 20 --channels 36 --batch 16 --steps 5

Networks are those of test/oracle. Memory format channels_last, the faster one on CPUs. Prints one JSON line: parameters (weights
without alphas and auxiliary head), milliseconds a step (minimum, median), peak resident MB.
"""
import argparse, json, resource, sys, time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch_networks import GENOTYPES, Final
from torch_supernet import DARTS, NB201, STAGE_1, Darts, Nb201

SPACES = {"darts": (Darts, DARTS), "stac1": (Darts, STAGE_1), "nb201": (Nb201, NB201)}

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--step", choices=["one-level", "bi-level", "bi-level-second"], default="one-level")
parser.add_argument("--space", choices=SPACES, default="darts")
parser.add_argument("--net", choices=GENOTYPES)
for flag, value in {"cells": 8, "channels": 16, "batch": 16, "steps": 5, "threads": 2}.items():
    parser.add_argument(f"--{flag}", type=int, default=value)
args = parser.parse_args()
torch.set_num_threads(args.threads)
torch.manual_seed(0)


def images():
    return torch.randn(args.batch, 3, 32, 32).to(memory_format=torch.channels_last), torch.randint(0, 10, (args.batch,))


def search():
    """quark0/darts, cnn/train_search.py and cnn/architect.py, with PyTorch's fast arithmetic on lists of tensors."""
    kind, names = SPACES[args.space]
    net = kind(names, args.channels, args.cells).to(memory_format=torch.channels_last)
    weights = list(net.parameters())
    alphas = (1e-3 * torch.randn(kind.edges, len(names))).requires_grad_()
    rate, momentum, decay = 0.025, 0.9, 3e-4
    sgd = torch.optim.SGD(weights, rate, momentum=momentum, weight_decay=decay)
    adam = torch.optim.Adam([alphas], 3e-4, betas=(0.5, 0.999), weight_decay=1e-3)
    train, other = images(), images()
    loss_on = lambda batch: F.cross_entropy(net(batch[0], F.softmax(alphas, -1)), batch[1])
    slope = lambda batch, of: torch.autograd.grad(loss_on(batch), of)

    @torch.no_grad()
    def move(by, scale):
        torch._foreach_add_(weights, by, alpha=scale)

    def second_order():
        before = [w.detach().clone() for w in weights]
        moved = list(slope(train, weights))
        with torch.no_grad():
            torch._foreach_add_(moved, before, alpha=decay)
            velocity = [sgd.state[w].get("momentum_buffer") for w in weights]
            if velocity[0] is not None:
                torch._foreach_add_(moved, velocity, alpha=momentum)
        move(moved, -rate)
        *along, ahead = slope(other, [*weights, alphas])
        with torch.no_grad():
            torch._foreach_copy_(weights, before)
        eps = 0.01 / torch.cat([g.reshape(-1) for g in along]).norm().item()
        move(along, eps)
        (up,) = slope(train, [alphas])
        move(along, -2 * eps)
        (down,) = slope(train, [alphas])
        with torch.no_grad():
            torch._foreach_copy_(weights, before)
        return ahead - rate * (up - down) / (2 * eps)

    def step():
        sgd.zero_grad()
        if args.step != "one-level":
            alphas.grad = slope(other, [alphas])[0] if args.step == "bi-level" else second_order()
            adam.step()
        alphas.grad = None
        loss_on(train).backward()
        nn.utils.clip_grad_norm_(weights, 3)
        if args.step == "one-level":
            adam.step()
        sgd.step()

    return step, sum(w.numel() for w in weights)


def final():
    """quark0/darts, cnn/train.py: auxiliary head 0.4, drop path 0.2, clip 5."""
    net = Final(GENOTYPES[args.net], args.channels, args.cells).to(memory_format=torch.channels_last)
    sgd = torch.optim.SGD(net.parameters(), 0.025, momentum=0.9, weight_decay=3e-4)
    x, y = images()

    def step():
        sgd.zero_grad()
        masks = torch.empty(net.paths, args.batch).bernoulli_(0.8) / 0.8
        logits, auxiliary = net(x, masks)
        (F.cross_entropy(logits, y) + 0.4 * F.cross_entropy(auxiliary, y)).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        sgd.step()

    return step, sum(w.numel() for name, w in net.named_parameters() if not name.startswith("auxiliary"))


step, parameters = final() if args.net else search()
step(), step()
times = []
for _ in range(args.steps):
    start = time.perf_counter()
    step()
    times.append(1e3 * (time.perf_counter() - start))
times.sort()
print(json.dumps({
    "program": f"torch {torch.__version__}", **vars(args), "parameters": parameters,
    "msMin": round(times[0], 1), "msMedian": round(times[len(times) // 2], 1),
    "peakMB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
