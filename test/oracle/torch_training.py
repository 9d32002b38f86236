#!/usr/bin/env python3
"""Fifty steps of a small final network in PyTorch, on weights, masks and batches that a formula gives: the curve that ours must follow.

    pip install torch
    python test/oracle/torch_training.py > test/oracle/torch-training.json

Ten epochs of the same five batches by the recipe of DARTS' cnn/train.py: drop path, clipped gradients, cosine, decay; label smoothing too. The
cell has every operator but max pools, whose near ties turn on rounding, so that PyTorch's own float32 soon leaves its float64 there. The
auxiliary head, which images of 8 pixels have none of, is held to PyTorch by torch_final.py.
"""
import json
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch_networks import Final
from torch_supernet import given, ours

torch.set_num_threads(1)
CHANNELS, CELLS, SIZE, BATCH, EPOCHS, STEPS = 4, 3, 8, 32, 10, 5
RATE, DROP = 0.01, 0.2
CELL = {
    "normal": [("sep3", 0), ("sep3", 1), ("skip", 0), ("sep3", 1), ("avg", 0), ("skip", 1), ("dil3", 2), ("sep5", 0)],
    "reduction": [("avg", 0), ("sep3", 1), ("skip", 0), ("avg", 1), ("skip", 2), ("avg", 1), ("dil5", 0), ("avg", 0)],
}


def pictures(labels, phase):
    """Waves down, across and aslant, one in each channel, of a length that tells the class; noise upon them."""
    row, column = torch.meshgrid(*[torch.arange(SIZE, dtype=torch.float64)] * 2, indexing="ij")
    waves = [torch.stack([row, column, row + column]) * 0.2 * (label + 1) for label in labels.tolist()]
    noise = given(BATCH * SIZE * SIZE * 3, 0.5, phase).reshape(BATCH, SIZE, SIZE, 3).permute(0, 3, 1, 2)
    return torch.cos(torch.stack(waves)).to(noise.dtype) + noise


def measure():
    net, at = Final(CELL, CHANNELS, CELLS, auxiliary=False), 0
    for parameter in net.parameters():
        view = ours(parameter.data)
        fan_in = 1 if parameter.dim() == 1 else parameter[0].numel()
        values = given(parameter.numel(), 0.2 if parameter.dim() == 1 else fan_in**-0.5, at).reshape(view.shape)
        view.copy_(values + (1 if parameter.dim() == 1 else 0))
        at += parameter.numel()
    sgd = torch.optim.SGD(net.parameters(), RATE, momentum=0.9, weight_decay=3e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(sgd, EPOCHS)
    losses, norms = [], []
    for epoch in range(EPOCHS):
        drop = DROP * epoch / EPOCHS
        for number in range(STEPS):
            step = epoch * STEPS + number + 1
            labels = torch.tensor([(3 * i + number) % 10 for i in range(BATCH)])
            # A sine lies below -cos(pi drop) with the chance drop.
            kept = given(net.paths * BATCH, 1.0, 3.0 + step) >= -torch.cos(torch.tensor(torch.pi * drop))
            masks = kept.to(torch.get_default_dtype()).reshape(net.paths, BATCH) / (1 - drop)
            sgd.zero_grad()
            loss = F.cross_entropy(net(pictures(labels, 2.0 + number), masks)[0], labels, label_smoothing=0.1)
            loss.backward()
            norms.append(nn.utils.clip_grad_norm_(net.parameters(), 5).item())
            sgd.step()
            losses.append(loss.item())
        schedule.step()
    return {"parameters": at, "losses": losses, "gradientNorms": norms}


torch.set_default_dtype(torch.float64)
exact = measure()
torch.set_default_dtype(torch.float32)
rounded = measure()
off = {key: max(abs(a / b - 1) for a, b in zip(rounded[key], exact[key])) for key in ("losses", "gradientNorms")}
print(json.dumps({"torch": torch.__version__.split("+")[0], "curve": exact, "float32Off": off}))
