"""Networks of genotypes in PyTorch, as they are trained in the end; the oracle and the benchmark of final training build on them."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch_supernet import conv

# (operator, source) of each node's two edges: quark0/darts, cnn/genotypes.py.
GENOTYPES = {
    "DARTS_V1": {
        "normal": [("sep3", 1), ("sep3", 0), ("skip", 0), ("sep3", 1), ("skip", 0), ("sep3", 1), ("sep3", 0), ("skip", 2)],
        "reduction": [("max", 0), ("max", 1), ("skip", 2), ("max", 0), ("max", 0), ("skip", 2), ("skip", 2), ("avg", 0)],
    },
    "DARTS_V2": {
        "normal": [("sep3", 0), ("sep3", 1), ("sep3", 0), ("sep3", 1), ("sep3", 1), ("skip", 0), ("skip", 0), ("dil3", 2)],
        "reduction": [("max", 0), ("max", 1), ("skip", 2), ("max", 1), ("max", 0), ("skip", 2), ("skip", 2), ("max", 1)],
    },
}


def norm(c):
    return nn.BatchNorm2d(c)


class Halve(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.even, self.odd, self.norm = conv(cin, cout // 2, stride=2), conv(cin, cout - cout // 2, stride=2), norm(cout)

    def forward(self, x):
        x = F.relu(x)
        return self.norm(torch.cat([self.even(x), self.odd(x[:, :, 1:, 1:])], 1))


def half(c, k, stride=1, dilation=1):
    return [nn.ReLU(), conv(c, c, k, stride, dilation, c), conv(c, c), norm(c)]


def operator(name, c, stride):
    if name == "max":
        return nn.MaxPool2d(3, stride, 1)
    if name == "avg":
        return nn.AvgPool2d(3, stride, 1, count_include_pad=False)
    if name == "skip":
        return nn.Identity() if stride == 1 else Halve(c, c)
    k = int(name[-1])
    return nn.Sequential(*half(c, k, stride), *half(c, k)) if name.startswith("sep") else nn.Sequential(*half(c, k, stride, 2))


class Cell(nn.Module):
    def __init__(self, genotype, before, last, c, reduction, last_reduced):
        super().__init__()
        enter = lambda cin: nn.Sequential(nn.ReLU(), conv(cin, c), norm(c))
        self.before, self.last = Halve(before, c) if last_reduced else enter(before), enter(last)
        edges = genotype["reduction" if reduction else "normal"]
        self.sources = [source for _, source in edges]
        self.operators = nn.ModuleList(operator(name, c, 2 if reduction and source < 2 else 1) for name, source in edges)
        self.paths = sum(not isinstance(one, nn.Identity) for one in self.operators)

    def forward(self, before, last, masks):
        states = [self.before(before), self.last(last)]
        terms = []
        for source, run in zip(self.sources, self.operators):
            term = run(states[source])
            if masks is not None and not isinstance(run, nn.Identity):
                term = term * next(masks)
            terms.append(term)
            if len(terms) == 2:
                states.append(terms[0] + terms[1])
                terms = []
        return torch.cat(states[2:], 1)


class Final(nn.Module):
    """logits, and those of the auxiliary head; `masks` [paths, batch] multiply the paths that drop path may drop."""

    def __init__(self, genotype, c, cells, classes=10, auxiliary=True):
        super().__init__()
        self.stem = nn.Sequential(conv(3, 3 * c, 3), norm(3 * c))
        before, last, width, reduced, self.cells = 3 * c, 3 * c, c, False, nn.ModuleList()
        self.aside = 2 * cells // 3
        for i in range(cells):
            reduction = i in (cells // 3, 2 * cells // 3)
            width *= 2 if reduction else 1
            self.cells.append(Cell(genotype, before, last, width, reduction, reduced))
            before, last, reduced = last, 4 * width, reduction
            if i == self.aside:
                aside = last
        self.head = nn.Linear(last, classes)
        self.auxiliary = nn.Sequential(
            nn.ReLU(), nn.AvgPool2d(5, 3), conv(aside, 128), norm(128), nn.ReLU(),
            nn.Conv2d(128, 768, 2, bias=False), norm(768), nn.ReLU(), nn.Flatten(), nn.Linear(768, classes),
        ) if auxiliary else None  # fmt: skip
        self.paths = sum(cell.paths for cell in self.cells)

    def forward(self, x, masks=None):
        each = None if masks is None else iter(mask.reshape(-1, 1, 1, 1) for mask in masks)
        before = last = self.stem(x)
        second = None
        for i, cell in enumerate(self.cells):
            before, last = last, cell(before, last, each)
            if i == self.aside and self.training and self.auxiliary is not None:
                second = self.auxiliary(last)
        return self.head(last.mean((2, 3))), second
