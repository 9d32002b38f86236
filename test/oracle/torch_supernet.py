#!/usr/bin/env python3
"""Loss and gradients of small supernets in PyTorch, on weights, alphas and images that a formula gives: what ours must agree with.

    pip install torch
    python test/oracle/torch_supernet.py > test/oracle/torch-supernet.json

Weights are laid out as this project's networks plan them: in order of construction, kernels as [height, width, in, out].
"""
import json
import torch
import torch.nn as nn
import torch.nn.functional as F

DARTS = ["none", "max", "avg", "skip", "sep3", "sep5", "dil3", "dil5"]
STAGE_1 = ["max", "skip", "sep3", "dil3", "none"]
NB201 = ["none", "skip", "conv1", "conv3", "avg"]


def conv(cin, cout, k=1, stride=1, dilation=1, groups=1):
    return nn.Conv2d(cin, cout, k, stride, dilation * (k // 2), dilation, groups, bias=False)


def norm(c, affine=False):
    return nn.BatchNorm2d(c, affine=affine)


class Halve(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.even, self.odd, self.norm = conv(cin, cout // 2, stride=2), conv(cin, cout - cout // 2, stride=2), norm(cout)

    def forward(self, x):
        x = F.relu(x)
        return self.norm(torch.cat([self.even(x), self.odd(x[:, :, 1:, 1:])], 1))


def half(c, k, stride=1, dilation=1):
    return [nn.ReLU(), conv(c, c, k, stride, dilation, c), conv(c, c), norm(c)]


def operator(name, c, stride, pool_norm):
    if name == "none":
        return None
    if name in ("max", "avg"):
        pool = nn.MaxPool2d(3, stride, 1) if name == "max" else nn.AvgPool2d(3, stride, 1, count_include_pad=False)
        return nn.Sequential(pool, norm(c)) if pool_norm else pool
    if name == "skip":
        return nn.Identity() if stride == 1 else Halve(c, c)
    k = int(name[-1])
    if name.startswith("conv"):
        return nn.Sequential(nn.ReLU(), conv(c, c, k, stride), norm(c))
    return nn.Sequential(*half(c, k, stride), *half(c, k)) if name.startswith("sep") else nn.Sequential(*half(c, k, stride, 2))


class Edge(nn.Module):
    def __init__(self, names, c, stride, pool_norm):
        super().__init__()
        self.places = [i for i, name in enumerate(names) if name != "none"]
        self.operators = nn.ModuleList(operator(names[i], c, stride, pool_norm) for i in self.places)

    def forward(self, x, shares):
        return sum(shares[i] * run(x) for i, run in zip(self.places, self.operators))


class DartsCell(nn.Module):
    def __init__(self, names, before, last, c, reduction, last_reduced):
        super().__init__()
        enter = lambda cin: nn.Sequential(nn.ReLU(), conv(cin, c), norm(c))
        self.before = Halve(before, c) if last_reduced else enter(before)
        self.last, self.reduction = enter(last), reduction
        self.edges = nn.ModuleList(Edge(names, c, 2 if reduction and j < 2 else 1, True) for i in range(4) for j in range(2 + i))

    def forward(self, before, last, shares):
        states, e = [self.before(before), self.last(last)], 14 if self.reduction else 0
        edges = iter(self.edges)
        for i in range(4):
            states.append(sum(next(edges)(x, shares[e + j]) for j, x in enumerate(states)))
            e += 2 + i
        return torch.cat(states[2:], 1)


class Darts(nn.Module):
    edges = 28

    def __init__(self, names, c, cells):
        super().__init__()
        self.stem = nn.Sequential(conv(3, 3 * c, 3), norm(3 * c, True))
        before, last, width, reduced, self.cells = 3 * c, 3 * c, c, False, nn.ModuleList()
        for i in range(cells):
            reduction = i in (cells // 3, 2 * cells // 3)
            width *= 2 if reduction else 1
            self.cells.append(DartsCell(names, before, last, width, reduction, reduced))
            before, last, reduced = last, 4 * width, reduction
        self.head = nn.Linear(last, 10)

    def forward(self, x, shares):
        before = last = self.stem(x)
        for cell in self.cells:
            before, last = last, cell(before, last, shares)
        return self.head(last.mean((2, 3)))


class Nb201Cell(nn.Module):
    def __init__(self, names, c):
        super().__init__()
        self.edges = nn.ModuleList(Edge(names, c, 1, False) for _ in range(6))

    def forward(self, x, shares):
        states, e = [x], 0
        for _ in range(3):
            states.append(sum(self.edges[e + j](state, shares[e + j]) for j, state in enumerate(states)))
            e += len(states) - 1
        return states[-1]


class Residual(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        step = lambda a, b, s: nn.Sequential(nn.ReLU(), conv(a, b, 3, s), norm(b))
        self.first, self.second, self.short = step(cin, cout, 2), step(cout, cout, 1), conv(cin, cout)

    def forward(self, x, _):
        return self.second(self.first(x)) + self.short(F.avg_pool2d(x, 2))


class Nb201(nn.Module):
    edges = 6

    def __init__(self, names, c, cells):
        super().__init__()
        self.stem, self.blocks = nn.Sequential(conv(3, c, 3), norm(c, True)), nn.ModuleList()
        for stage in range(3):
            if stage:
                self.blocks.append(Residual(c << (stage - 1), c << stage))
            self.blocks.extend(Nb201Cell(names, c << stage) for _ in range(cells))
        self.tail, self.head = norm(4 * c, True), nn.Linear(4 * c, 10)

    def forward(self, x, shares):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x, shares)
        return self.head(F.relu(self.tail(x)).mean((2, 3)))


def given(count, scale, phase):
    """The i-th of `count` numbers: scale * sin(phase + i * golden angle)."""
    exact = torch.sin(phase + torch.arange(count, dtype=torch.float64) * 2.399963229728653)
    return (scale * exact).to(torch.get_default_dtype())


def ours(tensor):
    """A kernel [out, in, h, w] as [h, w, in, out] (a depthwise one as [h, w, channels, 1]), a matrix as [in, out]."""
    if tensor.dim() == 4:
        return tensor.permute(2, 3, 0, 1) if tensor.shape[1] == 1 and tensor.shape[2] > 1 else tensor.permute(2, 3, 1, 0)
    return tensor.t() if tensor.dim() == 2 else tensor


def measure(kind, names, c, cells, size):
    net, at = kind(names, c, cells), 0
    for parameter in net.parameters():
        view = ours(parameter.data)
        fan_in = 1 if parameter.dim() == 1 else parameter[0].numel()
        values = given(parameter.numel(), 0.2 if parameter.dim() == 1 else fan_in**-0.5, at).reshape(view.shape)
        view.copy_(values + (1 if parameter.dim() == 1 else 0))
        at += parameter.numel()
    alphas = given(kind.edges * len(names), 0.5, 1.0).reshape(kind.edges, len(names)).requires_grad_()
    images = given(4 * size * size * 3, 1.0, 2.0).reshape(4, size, size, 3).permute(0, 3, 1, 2)
    labels = torch.tensor([3, 1, 4, 1])
    loss = F.cross_entropy(net(images, F.softmax(alphas, -1)), labels)
    loss.backward()
    grads = torch.cat([ours(parameter.grad).reshape(-1) for parameter in net.parameters()])
    picked = torch.arange(0, len(grads), max(1, len(grads) // 40))
    return {
        "parameters": at,
        "loss": loss.item(),
        "gradientNorm": grads.norm().item(),
        "picked": picked.tolist(),
        "gradients": grads[picked].tolist(),
        "alphaGradients": alphas.grad.tolist(),
    }


def largest(a, b):
    return (torch.tensor(a, dtype=torch.float64) - torch.tensor(b, dtype=torch.float64)).abs().max().item()


def oracle(*network):
    """In float64, and how far PyTorch's own float32 is from it: what rounding costs in this network."""
    torch.set_default_dtype(torch.float64)
    exact = measure(*network)
    torch.set_default_dtype(torch.float32)
    rounded = measure(*network)
    return exact | {"float32Off": {key: largest(rounded[key], exact[key]) for key in ("loss", "gradientNorm", "gradients", "alphaGradients")}}


if __name__ == "__main__":
    print(json.dumps({
        "torch": torch.__version__.split("+")[0],
        "darts": oracle(Darts, DARTS, 4, 4, 16),
        "stage1": oracle(Darts, STAGE_1, 4, 3, 16),
        "nasBench201": oracle(Nb201, NB201, 4, 2, 16),
    }))
