#!/usr/bin/env python3
"""Dendrograms, silhouettes, k-means and Rand indices from SciPy and scikit-learn, for distances that a formula gives: what ours must agree with.

    pip install scipy==1.17.1 scikit-learn==1.9.1
    python test/oracle/clustering.py > test/oracle/clustering.json
"""
import json
import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score


def points(n, seed):
    """In three dimensions, around three centres: no two distances equal."""
    random = np.random.default_rng(seed)
    return random.choice([-3.0, 0.0, 3.0], (n, 1)) + random.normal(size=(n, 3))


def case(n, seed):
    x = points(n, seed)
    distances = np.sqrt(((x[:, None] - x[None]) ** 2).sum(2))
    tree = linkage(squareform(distances, checks=False), "average")
    heights = [float(tree[n // 2, 2]), float(tree[-2, 2])]
    best = [KMeans(k, n_init=50, random_state=0).fit(x) for k in (2, 3, 4) if k < n]
    return {
        "distances": distances.tolist(),
        "linkage": tree[:, :3].tolist(),
        "silhouettes": [silhouette_score(distances, fcluster(tree, k, "maxclust"), metric="precomputed") for k in range(2, n)],
        "cuts": [{"height": h, "labels": fcluster(tree, h, "distance").tolist()} for h in heights],
        "kMeans": [{"k": fit.n_clusters, "labels": fit.labels_.tolist(), "inertia": fit.inertia_} for fit in best],
    }


def rand(n, seed):
    random = np.random.default_rng(seed)
    a, b = random.integers(0, 3, n), random.integers(0, 4, n)
    return {"a": a.tolist(), "b": b.tolist(), "index": adjusted_rand_score(a, b)}


print(json.dumps({"cases": [case(n, n) for n in (3, 5, 7, 8, 12)], "rand": [rand(n, n) for n in (4, 7, 7, 10)]}))
