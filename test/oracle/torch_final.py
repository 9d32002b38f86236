#!/usr/bin/env python3
"""A final network's training step and evaluation in PyTorch, on weights, masks and images that a formula gives: what ours must agree with.

    pip install torch
    python test/oracle/torch_final.py > test/oracle/torch-final.json
"""
import json
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch_networks import GENOTYPES, Final
from torch_supernet import given, largest, ours

CHANNELS, CELLS, SIZE, BATCH = 4, 5, 32, 4


def measure():
    net, at = Final(GENOTYPES["DARTS_V2"], CHANNELS, CELLS), 0
    for parameter in net.parameters():
        view = ours(parameter.data)
        fan_in = 1 if parameter.dim() == 1 else parameter[0].numel()
        values = given(parameter.numel(), 0.2 if parameter.dim() == 1 else fan_in**-0.5, at).reshape(view.shape)
        view.copy_(values + (1 if parameter.dim() == 1 else 0))
        at += parameter.numel()
    images = given(BATCH * SIZE * SIZE * 3, 1.0, 2.0).reshape(BATCH, SIZE, SIZE, 3).permute(0, 3, 1, 2)
    labels = torch.tensor([3, 1, 4, 1])
    masks = 1.25 * (given(net.paths * BATCH, 1.0, 3.0) > -0.6).to(images.dtype).reshape(net.paths, BATCH)
    sgd = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9, weight_decay=3e-4)
    loss_of = lambda logits: F.cross_entropy(logits, labels, label_smoothing=0.1)
    logits, auxiliary = net(images, masks)
    loss = loss_of(logits) + 0.4 * loss_of(auxiliary)
    loss.backward()
    grads = torch.cat([ours(parameter.grad).reshape(-1) for parameter in net.parameters()])
    norm = nn.utils.clip_grad_norm_(net.parameters(), 5)
    sgd.step()
    weights = torch.cat([ours(parameter.data).reshape(-1) for parameter in net.parameters()])
    picked = torch.arange(0, len(grads), len(grads) // 60)
    norms = [module for module in net.modules() if isinstance(module, nn.BatchNorm2d)]
    running = torch.cat([module.running_mean for module in norms]), torch.cat([module.running_var for module in norms])
    places = torch.arange(0, len(running[0]), len(running[0]) // 30)
    net.eval()
    evaluated = F.cross_entropy(net(images)[0], labels)
    return {
        "parameters": at,
        "loss": loss.item(),
        "gradientNorm": norm.item(),
        "picked": picked.tolist(),
        "gradients": grads[picked].tolist(),
        "weights": weights[picked].tolist(),
        "places": places.tolist(),
        "means": running[0][places].tolist(),
        "variances": running[1][places].tolist(),
        "evaluated": evaluated.item(),
    }


torch.set_default_dtype(torch.float64)
exact = measure()
torch.set_default_dtype(torch.float32)
rounded = measure()
compared = ("loss", "gradientNorm", "gradients", "weights", "means", "variances", "evaluated")
print(json.dumps({"torch": torch.__version__.split("+")[0], "net": exact, "float32Off": {key: largest(rounded[key], exact[key]) for key in compared}}))
