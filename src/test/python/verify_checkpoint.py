#!/usr/bin/python3
"""Verifies with PyTorch that a checkpoint is one of Megvii's ShuffleNetV1, such as the train and demo commands write.

For maintainers, with Debian's python3-torch (1.13 or newer):

    /usr/bin/python3 src/test/python/verify_checkpoint.py FILE...

Loads each file with torch.load(weights_only=True), which runs no code of the file; loads the state dict strictly into
a network written as nn.Module, with Megvii's names; and classifies a seeded input. Prints the variant, the classes,
the sum of the logits, and what stands beside the state dict. Ends with 1 at anything that does not fit: a name, a
shape, a number that is not finite, a tensor of another section that has a weight's name and not its shape.

PyTorch 1.13 refuses a Python float when it loads weights only; the train and demo commands write tensors alone.
"""
import argparse
import sys

import torch
from torch import nn

CHANNELS = {
    (3, 12, 120, 240, 480): '0.5x', (8, 16, 192, 384, 768): '0.5x',
    (3, 24, 240, 480, 960): '1.0x', (8, 24, 384, 768, 1536): '1.0x',
    (3, 24, 360, 720, 1440): '1.5x', (8, 24, 576, 1152, 2304): '1.5x',
    (3, 48, 480, 960, 1920): '2.0x', (8, 48, 768, 1536, 3072): '2.0x'}
UNITS = (4, 8, 4)
SEED = 1


class Mismatch(Exception):
    """What is wrong with a checkpoint."""


class Unit(nn.Module):
    def __init__(self, inputs, outputs, group, stride, first):
        super().__init__()
        self.group, self.stride = group, stride
        middle, expanded = outputs // 4, outputs if stride == 1 else outputs - inputs
        self.branch_main_1 = nn.Sequential(
            nn.Conv2d(inputs, middle, 1, groups=1 if first else group, bias=False),
            nn.BatchNorm2d(middle),
            nn.ReLU(),
            nn.Conv2d(middle, middle, 3, stride, 1, groups=middle, bias=False),
            nn.BatchNorm2d(middle))
        self.branch_main_2 = nn.Sequential(
            nn.Conv2d(middle, expanded, 1, groups=group, bias=False),
            nn.BatchNorm2d(expanded))

    def forward(self, x):
        y = self.branch_main_1(x)
        y = self.branch_main_2(torch.channel_shuffle(y, y.shape[1] // self.group))
        if self.stride == 1:
            return torch.relu(x + y)
        return torch.cat((nn.functional.avg_pool2d(x, 3, 2, 1), torch.relu(y)), 1)


class ShuffleNetV1(nn.Module):
    def __init__(self, group, first, stages, classes):
        super().__init__()
        self.first_conv = nn.Sequential(nn.Conv2d(3, first, 3, 2, 1, bias=False), nn.BatchNorm2d(first), nn.ReLU())
        units, inputs = [], first
        for outputs, count in zip(stages, UNITS):
            for position in range(count):
                units.append(Unit(inputs, outputs, group, 2 if position == 0 else 1, first=not units))
                inputs = outputs
        self.features = nn.Sequential(*units)
        self.classifier = nn.Sequential(nn.Linear(inputs, classes, bias=False))

    def forward(self, x):
        x = nn.functional.max_pool2d(self.first_conv(x), 3, 2, 1)
        return self.classifier(self.features(x).mean((2, 3)))


def bare(tensors):
    """The tensors of a dictionary, named without the prefix of a parallel wrapper."""
    return {key.removeprefix('module.'): value for key, value in tensors.items()
            if isinstance(key, str) and torch.is_tensor(value)}


def variant(state):
    """Group number and channels, as the shapes tell them."""
    try:
        first, into_stage = state['first_conv.0.weight'].shape[0], state['features.0.branch_main_2.0.weight'].shape[0]
        group = (first + into_stage) // state['features.1.branch_main_1.0.weight'].shape[1]
        stages = [state[f'features.{unit}.branch_main_2.0.weight'].shape[0] for unit in (1, 5, 13)]
        classes = state['classifier.0.weight'].shape[0]
    except (KeyError, IndexError, ZeroDivisionError) as e:
        raise Mismatch(f'it is no state dict of ShuffleNetV1: {e!r}') from e
    if (group, first, *stages) not in CHANNELS:
        raise Mismatch(f'no variant has group {group} and channels {first}, {stages}')
    return group, first, stages, classes


def logits(state, network):
    infinite = [key for key, value in state.items() if value.is_floating_point() and not value.isfinite().all()]
    if infinite:
        raise Mismatch(f'not all numbers are finite in {infinite}')
    try:
        network.load_state_dict(state, strict=True)
    except RuntimeError as e:
        raise Mismatch(str(e)) from e
    pixels = 255 * torch.rand(2, 3, 224, 224, generator=torch.Generator().manual_seed(SEED))
    with torch.no_grad():
        result = network.eval()(pixels)
    if not result.isfinite().all():
        raise Mismatch('the logits are not finite')
    return result


def describe(name, section, state):
    """A line for what stands beside the state dict."""
    if not isinstance(section, dict):
        return f'{name}: {type(section).__name__}'
    tensors = bare(section)
    for key, value in tensors.items():
        if key in state and value.shape != state[key].shape:
            raise Mismatch(f'{name} has {key} of shape {list(value.shape)}, the weight {list(state[key].shape)}')
    scalars = ', '.join(
        f'{key} = {value.item()}' for key, value in tensors.items() if value.dim() == 0 and key not in state)
    line = f'{name}: {len(tensors)} tensors, {sum(value.numel() for value in tensors.values())} numbers'
    return f'{line}, {scalars}' if scalars else line


def verify(file):
    try:
        content = torch.load(file, map_location='cpu', weights_only=True)
    except OSError:
        raise
    except Exception as e:  # torch.load raises whatever its parts raise
        raise Mismatch(f'torch.load(weights_only=True) refuses it: {e}') from e
    if not isinstance(content, dict):
        raise Mismatch(f'it holds a {type(content).__name__}, not a dictionary')
    wrapped = isinstance(content.get('state_dict'), dict)
    state = bare(content['state_dict'] if wrapped else content)
    group, first, stages, classes = variant(state)
    sections = {key: value for key, value in content.items() if key != 'state_dict'} if wrapped else {}
    lines = [describe(name, section, state) for name, section in sections.items()]
    total = logits(state, ShuffleNetV1(group, first, stages, classes)).double().sum().item()
    print(f'{file}: {CHANNELS[(group, first, *stages)]} group {group}, {classes} classes, sum of logits {total:.6f}')
    for line in lines:
        print(f'  {line}')


def main():
    parser = argparse.ArgumentParser(description='Verifies checkpoints of ShuffleNetV1 with PyTorch.')
    parser.add_argument('files', nargs='+', metavar='FILE')
    failed = False
    for file in parser.parse_args().files:
        try:
            verify(file)
        except (Mismatch, OSError) as e:
            print(f'Cannot verify {file}: {e}', file=sys.stderr)
            failed = True
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
