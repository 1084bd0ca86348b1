#!/usr/bin/python3
"""Writes predictions.csv and expected.json: 500 images of 6 classes, overconfident, and the temperature that scipy finds
from their logits in float64. Made with numpy 1.24.2 and scipy 1.10.1."""

import hashlib
import json
import os

import numpy
from scipy.optimize import minimize_scalar

HERE = os.path.dirname(os.path.abspath(__file__))
IMAGES, CLASSES, SHARPER = 500, 6, 2.5

random = numpy.random.default_rng(12)
logits = random.normal(size=(IMAGES, CLASSES)) * 2
# A label is drawn with the probabilities that its image's logits give, which are then made 2.5 times as sharp.
shares = numpy.exp(logits) / numpy.exp(logits).sum(axis=1, keepdims=True)
labels = numpy.array([random.choice(CLASSES, p=share) for share in shares])
logits = logits * SHARPER
# Of three images the label's score underflows to 0 as a float.
for image in (7, 8, 9):
    logits[image, labels[image]] -= 150


def log_softmax(temperature):
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    return scaled - numpy.log(numpy.exp(scaled).sum(axis=1, keepdims=True))


def nll(temperature, images):
    return -log_softmax(temperature)[images, labels[images]].mean()


def ece(temperature, images):
    confidence = numpy.exp(log_softmax(temperature)[images]).max(axis=1)
    correct = logits[images].argmax(axis=1) == labels[images]
    bins = numpy.clip(numpy.ceil(confidence * 15).astype(int) - 1, 0, 14)
    return sum(abs((correct[bins == b] - confidence[bins == b]).sum()) for b in range(15)) / len(images)


paths = [f"class-{labels[i]}/image {i}.jpg" for i in range(IMAGES)]
digits = numpy.array([int(hashlib.md5(path.encode()).hexdigest()[0], 16) for path in paths])
fitted = numpy.flatnonzero(digits < 8)
held_out = numpy.flatnonzero(digits >= 8)
best = minimize_scalar(lambda t: nll(t, fitted), bounds=(0.05, 20), method="bounded", options={"xatol": 1e-9}).x

with open(os.path.join(HERE, "predictions.csv"), "w") as csv:
    for i in range(IMAGES):
        log = log_softmax(1)[i]
        scores = " ".join(str(score) for score in numpy.exp(log).astype(numpy.float32))
        csv.write(f"{paths[i]},{labels[i]},{logits[i].argmax()},{float(-log[labels[i]])!r},{scores}\n")

with open(os.path.join(HERE, "expected.json"), "w") as out:
    json.dump(
        {
            "temperature": best,
            "fitted": len(fitted),
            "held_out": len(held_out),
            "nll_before": nll(1, held_out),
            "nll_after": nll(best, held_out),
            "ece_before": ece(1, held_out),
            "ece_after": ece(best, held_out),
        },
        out,
        indent=1,
    )
    out.write("\n")
