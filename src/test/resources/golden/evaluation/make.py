"""Makes predictions.csv, scores.jsonl and expected.json with numpy 1.24.2, scikit-learn 1.2.1 and scipy 1.10.1.

400 images of 12 classes. Class 9 has images and is never predicted, class 10 is predicted and has no images, class 11
has neither. In scores.jsonl the same images have all their probabilities, and in `labels` several classes that are right: the
label, the class after it where the image's number is divisible by 3, none where it is divisible by 50.
"""

import json

import numpy as np
from scipy.stats import binomtest
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    cohen_kappa_score,
    confusion_matrix,
    log_loss,
    matthews_corrcoef,
    precision_recall_fscore_support,
    top_k_accuracy_score,
)

IMAGES, CLASSES, BINS = 400, 12, 15
NAMES = list(range(CLASSES))

random = np.random.default_rng(20)
labels = random.integers(0, 10, IMAGES)
logits = random.normal(0, 1.5, (IMAGES, CLASSES)).astype(np.float32)
logits[np.arange(IMAGES), labels] += np.float32(2.5)
logits[:, [9, 11]] -= np.float32(8)
wide = logits.astype(np.float64)
log_probabilities = wide - np.log(np.exp(wide).sum(axis=1, keepdims=True))
probabilities = np.exp(log_probabilities)
predicted = logits.argmax(axis=1)
of_label = probabilities[np.arange(IMAGES), labels]
confidence = probabilities.max(axis=1).astype(np.float32)

with open("predictions.csv", "w", encoding="utf-8") as table:
    table.write(
        "label_index,predicted_index,probability,label_probability,label_nll,label_rank,"
        "squared_probability\n"
    )
    for i in range(IMAGES):
        rank = 1 + int((logits[i] > logits[i, labels[i]]).sum())
        nll = float(-log_probabilities[i, labels[i]])
        squared = float((probabilities[i] ** 2).sum())
        values = [labels[i], predicted[i], confidence[i], np.float32(of_label[i]), nll, rank, squared]
        table.write(",".join(str(value) for value in values) + "\n")

scores = probabilities.astype(np.float32)
several = [[] if i % 50 == 0 else [int(labels[i])] + ([int(labels[i] + 1)] if i % 3 == 0 else []) for i in range(IMAGES)]
with open("scores.jsonl", "w", encoding="utf-8") as table:
    for i in range(IMAGES):
        row = [float(str(score)) for score in scores[i]]
        line = {"relative_path": f"{i}.jpg", "label": int(labels[i]), "labels": several[i], "scores": row}
        table.write(json.dumps(line) + "\n")

best = np.argsort(-wide, axis=1, kind="stable")
judged = [i for i in range(IMAGES) if several[i]]
top1_any = sum(int(best[i, 0]) in several[i] for i in judged)
top5_any = sum(bool(set(best[i, :5].tolist()) & set(several[i])) for i in judged)

correct = labels == predicted
edges = np.linspace(0, 1, BINS + 1)
bins = np.digitize(confidence.astype(np.float64), edges, right=True) - 1
ece = 0.0
counts = []
for b in range(BINS):
    inside = bins == b
    counts.append(int(inside.sum()))
    if inside.any():
        distance = abs(correct[inside].mean() - confidence[inside].astype(np.float64).mean())
        ece += inside.mean() * distance


def interval(hits):
    ends = binomtest(int(hits), IMAGES).proportion_ci(0.95, "wilson")
    return [ends.low, ends.high]


precision, recall, f1, support = precision_recall_fscore_support(
    labels, predicted, labels=NAMES, zero_division=0
)
macro = precision_recall_fscore_support(labels, predicted, average="macro", zero_division=0)
weighted = precision_recall_fscore_support(labels, predicted, average="weighted", zero_division=0)
top5 = top_k_accuracy_score(labels, wide, k=5, labels=NAMES)
truth = np.eye(CLASSES)[labels]
expected = {
    "top1": accuracy_score(labels, predicted),
    "top1_interval": interval(correct.sum()),
    "top5": top5,
    "top5_interval": interval(round(top5 * IMAGES)),
    "nll": log_loss(labels, probabilities, labels=NAMES),
    "brier": float(((probabilities - truth) ** 2).sum(axis=1).mean()),
    "ece": ece,
    "bins": counts,
    "macro": [float(value) for value in macro[:3]],
    "weighted": [float(value) for value in weighted[:3]],
    "balanced_accuracy": balanced_accuracy_score(labels, predicted),
    "kappa": cohen_kappa_score(labels, predicted),
    "matthews": float(matthews_corrcoef(labels, predicted)),
    "precision": precision.tolist(),
    "recall": recall.tolist(),
    "f1": f1.tolist(),
    "support": support.tolist(),
    "any_of": [len(judged), top1_any, top5_any],
    "confusion": confusion_matrix(labels, predicted, labels=NAMES).tolist(),
}
with open("expected.json", "w", encoding="utf-8") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
