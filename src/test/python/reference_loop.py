#!/usr/bin/python3
"""The usual way to evaluate in Python, which jobs/benchmark.sh --reference measures the Spark job against.

With Debian's python3-torch, python3-torchvision, python3-opencv and python3-pil:

    /usr/bin/python3 src/test/python/reference_loop.py FOLDER CHECKPOINT [--batch 200] [--workers 1] [--channels-last] [--threads N]

FOLDER has a sub-folder for each class. The last line of the output is a JSON object: images, and the seconds from the first image
that is read to the last prediction. With --check PREFIX nothing is measured: it holds how far the network's logits of the
crops in PREFIX.crops (bytes, HWC, 224 x 224) are from those in PREFIX.logits (float32), over the largest of these.
"""
import argparse
import json
import time

import cv2
import numpy
import torch
from PIL import Image
from torch import nn
from torchvision import datasets, transforms

SIDE = 224
STAGE_UNITS = (4, 8, 4)
# By group and features: the first convolution's channels, and those of the stages.
WIDTHS = {
    (3, 480): (12, 120, 240), (3, 960): (24, 240, 480), (3, 1440): (24, 360, 720), (3, 1920): (48, 480, 960),
    (8, 768): (16, 192, 384), (8, 1536): (24, 384, 768), (8, 2304): (24, 576, 1152), (8, 3072): (48, 768, 1536)}


def convolution(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)


class Unit(nn.Module):
    def __init__(self, inputs, outputs, group, stride, reduce_groups):
        super().__init__()
        self.group, self.stride = group, stride
        middle = outputs // 4
        branch = outputs if stride == 1 else outputs - inputs
        self.branch_main_1 = nn.Sequential(
            convolution(inputs, middle, 1, groups=reduce_groups), nn.BatchNorm2d(middle), nn.ReLU(inplace=True),
            convolution(middle, middle, 3, stride, middle), nn.BatchNorm2d(middle))
        self.branch_main_2 = nn.Sequential(convolution(middle, branch, 1, groups=group), nn.BatchNorm2d(branch))

    def forward(self, x):
        y = self.branch_main_1(x)
        n, channels, height, width = y.shape
        y = y.reshape(n, channels // self.group, self.group, height, width).transpose(1, 2).reshape(n, channels, height, width)
        y = self.branch_main_2(y)
        if self.stride == 1:
            return nn.functional.relu(x + y)
        return torch.cat((nn.functional.avg_pool2d(x, 3, 2, 1), nn.functional.relu(y)), 1)


class Network(nn.Module):
    def __init__(self, group, features, classes):
        super().__init__()
        first, *stages = (*WIDTHS[group, features], features)
        self.first_conv = nn.Sequential(convolution(3, first, 3, 2), nn.BatchNorm2d(first), nn.ReLU(inplace=True))
        units, inputs = [], first
        for outputs, repeats in zip(stages, STAGE_UNITS):
            for repeat in range(repeats):
                units.append(Unit(inputs, outputs, group, 1 if repeat else 2, group if units else 1))
                inputs = outputs
        self.features = nn.Sequential(*units)
        self.classifier = nn.Sequential(nn.Linear(features, classes, bias=False))

    def forward(self, x):
        x = nn.functional.max_pool2d(self.first_conv(x), 3, 2, 1)
        return self.classifier(self.features(x).mean((2, 3)))


def load(checkpoint):
    state = torch.load(checkpoint, map_location='cpu')
    state = {name.removeprefix('module.'): value for name, value in state.get('state_dict', state).items()}
    classes, features = state['classifier.0.weight'].shape
    group = next(group for group, width in WIDTHS if width == features)
    network = Network(group, features, classes)
    network.load_state_dict(state)
    return network.eval()


def resize(image):
    pixels = numpy.asarray(image)
    height, width, _ = pixels.shape
    if height < width:
        size = (int(256 / height * width + 0.5), 256)
    else:
        size = (256, int(256 / width * height + 0.5))
    return Image.fromarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR))


def blue_first(image):
    return torch.from_numpy(numpy.asarray(image)[:, :, ::-1].transpose(2, 0, 1).astype('float32'))


def difference(network, prefix):
    crops = torch.from_numpy(numpy.fromfile(prefix + '.crops', 'uint8').reshape(-1, SIDE, SIDE, 3))
    expected = numpy.fromfile(prefix + '.logits', '<f4').reshape(len(crops), -1)
    logits = network(crops.permute(0, 3, 1, 2).float()).numpy()
    return float(numpy.abs(logits - expected).max() / numpy.abs(expected).max())


def evaluate(network, options):
    images = datasets.ImageFolder(options.folder, transforms.Compose([resize, transforms.CenterCrop(SIDE), blue_first]))
    loader = torch.utils.data.DataLoader(images, batch_size=options.batch, num_workers=options.workers)
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    network = network.to(memory_format=layout)
    count, top_1, top_5, begin = 0, 0, 0, time.perf_counter()
    for batch, labels in loader:
        probabilities = network(batch.to(memory_format=layout)).softmax(1)
        hits = probabilities.topk(5)[1] == labels[:, None]
        count, top_1, top_5 = count + len(labels), top_1 + hits[:, 0].sum().item(), top_5 + hits.sum().item()
    seconds = time.perf_counter() - begin
    return {'images': count, 'seconds': seconds, 'top_1': top_1 / count, 'top_5': top_5 / count}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder')
    parser.add_argument('checkpoint')
    parser.add_argument('--batch', type=int, default=200)
    parser.add_argument('--workers', type=int, default=1)
    parser.add_argument('--threads', type=int)
    parser.add_argument('--channels-last', action='store_true')
    parser.add_argument('--check', metavar='PREFIX')
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    network = load(options.checkpoint)
    with torch.no_grad():
        answer = {'difference': difference(network, options.check)} if options.check else evaluate(network, options)
    print(json.dumps(answer))


if __name__ == '__main__':
    main()
