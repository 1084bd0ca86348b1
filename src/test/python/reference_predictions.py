#!/usr/bin/python3
"""Writes src/test/resources/golden/predictions-0.5x-g3-10c.json: what PyTorch, OpenCV and Pillow make of the golden images.

For maintainers, with Debian's python3-torch, python3-torchvision, python3-opencv and python3-pil:

    /usr/bin/python3 src/test/python/reference_predictions.py

For each image that Pillow reads: ten probabilities in float64, from Megvii's preprocessing and from torchvision's.
"""
import json
import pathlib

import cv2
import numpy
import torch
from PIL import Image
from torch.nn import functional
from torchvision import transforms

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / 'resources/golden'
CHANNELS, GROUP = (12, 120, 240, 480), 3


def conv_bn(state, name, x, conv, bn, stride=1, groups=1):
    weight = state[f'{name}{conv}.weight']
    x = functional.conv2d(x, weight, stride=stride, padding=weight.shape[2] // 2, groups=groups)
    parameters = [state[f'{name}{bn}.{key}'] for key in ('running_mean', 'running_var', 'weight', 'bias')]
    return functional.batch_norm(x, *parameters)


def unit(state, index, x, stride):
    main, last = f'features.{index}.branch_main_1.', f'features.{index}.branch_main_2.'
    y = functional.relu(conv_bn(state, main, x, 0, 1, groups=1 if index == 0 else GROUP))
    y = conv_bn(state, main, y, 3, 4, stride=stride, groups=y.shape[1])
    y = torch.channel_shuffle(y, y.shape[1] // GROUP)
    y = conv_bn(state, last, y, 0, 1, groups=GROUP)
    if stride == 1:
        return functional.relu(x + y)
    return torch.cat((functional.avg_pool2d(x, 3, 2, 1), functional.relu(y)), 1)


def network(state, x):
    x = functional.relu(conv_bn(state, 'first_conv.', x, 0, 1, stride=2))
    x = functional.max_pool2d(x, 3, 2, 1)
    index = 0
    for units in (4, 8, 4):
        for position in range(units):
            x = unit(state, index, x, 2 if position == 0 else 1)
            index += 1
    return functional.linear(x.mean((2, 3)), state['classifier.0.weight'])


def megvii(image):
    pixels = numpy.asarray(image)
    height, width, _ = pixels.shape
    if height < width:
        size = (int(256 / height * width + 0.5), 256)
    else:
        size = (256, int(256 / width * height + 0.5))
    resized = Image.fromarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR))
    crop = numpy.asarray(transforms.CenterCrop(224)(resized))
    return torch.from_numpy(crop[:, :, ::-1].transpose(2, 0, 1).copy()).double()


torchvision = transforms.Compose([
    transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
    transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))])


def main():
    saved = torch.load(GOLDEN / 'shufflenetv1-0.5x-g3-10c.zip.pth.tar', map_location='cpu')
    state = {key.removeprefix('module.'): value.double() for key, value in saved['state_dict'].items()}
    expected = json.loads((GOLDEN / 'preprocess/expected.json').read_text())
    reference = {}
    for name in sorted(expected):
        if expected[name]['status'] != 'ok':
            continue
        image = Image.open(GOLDEN / 'preprocess/images' / name).convert('RGB')
        with torch.no_grad():
            reference[name] = {
                preset.__name__ if preset is megvii else 'torchvision':
                    network(state, preset(image).double()[None]).softmax(1)[0].tolist()
                for preset in (megvii, torchvision)}
    target = GOLDEN / 'predictions-0.5x-g3-10c.json'
    target.write_text(json.dumps(reference, indent=1) + '\n')
    print(f'{len(reference)} images into {target}')


if __name__ == '__main__':
    main()
