#!/usr/bin/python3
"""Verifies with PyTorch that an exported module computes what its checkpoint's network does.

For maintainers, with Debian's python3-torch (1.13 or newer):

    /usr/bin/python3 src/test/python/verify_export.py FOLDER/model.pt CHECKPOINT

Loads the module with torch.jit.load, which runs its code, and the checkpoint into the nn.Module of verify_checkpoint.py;
gives both the same seeded pixels, 1, 3 and 9 images as uint8 and 2 as float32; and prints the largest difference of the
logits as a part of the largest logit. Mean, deviation and channel order are those of CHECKPOINT.json where it is, else
Megvii's; --preset names another preset that the export was given. Ends with 1 if a difference is above --tolerance.
"""
import argparse
import json
import pathlib
import sys

import torch

import verify_checkpoint

MEGVII = {'input_size': 224,
          'preprocessing': {'channels': 'BGR', 'mean': [0, 0, 0], 'deviation': [1, 1, 1]}}
TORCHVISION = {'input_size': 224,
               'preprocessing': {'channels': 'RGB', 'mean': [123.675, 116.28, 103.53],
                                 'deviation': [58.395, 57.12, 57.375]}}
PRESETS = {'megvii': MEGVII, 'torchvision': TORCHVISION}


def description(checkpoint, preset):
    if preset:
        return PRESETS[preset]
    beside = pathlib.Path(checkpoint + '.json')
    return json.loads(beside.read_text(encoding='utf-8')) if beside.exists() else MEGVII


def network(checkpoint):
    content = torch.load(checkpoint, map_location='cpu', weights_only=True)
    state = verify_checkpoint.bare(content.get('state_dict', content))
    module = verify_checkpoint.ShuffleNetV1(*verify_checkpoint.variant(state))
    module.load_state_dict(state)
    return module.eval()


def planes(pixels, preprocessing):
    """RGB pixels (N, H, W, 3) as the network sees them."""
    ordered = pixels.flip(3) if preprocessing['channels'] == 'BGR' else pixels
    mean, deviation = (torch.tensor(preprocessing[key], dtype=torch.float32) for key in ('mean', 'deviation'))
    return ((ordered.float() - mean) / deviation).permute(0, 3, 1, 2)


def difference(module, reference, told, images, dtype):
    size = told['input_size']
    generator = torch.Generator().manual_seed(images)
    pixels = torch.randint(0, 256, (images, size, size, 3), dtype=torch.uint8, generator=generator)
    with torch.no_grad():
        expected = reference(planes(pixels, told['preprocessing']))
        actual = module(pixels.to(dtype))
    return ((actual - expected).abs().max() / expected.abs().max()).item()


def main():
    parser = argparse.ArgumentParser(description='Verifies an exported module with PyTorch.')
    parser.add_argument('module', metavar='MODULE')
    parser.add_argument('checkpoint', metavar='CHECKPOINT')
    parser.add_argument('--preset', choices=PRESETS)
    parser.add_argument('--tolerance', type=float, default=1e-4)
    arguments = parser.parse_args()
    module = torch.jit.load(arguments.module, map_location='cpu').eval()
    reference = network(arguments.checkpoint)
    told = description(arguments.checkpoint, arguments.preset)
    failed = False
    for images, dtype in ((1, torch.uint8), (3, torch.uint8), (9, torch.uint8), (2, torch.float32)):
        found = difference(module, reference, told, images, dtype)
        failed |= not found <= arguments.tolerance
        print(f'{images} images as {dtype}: the logits differ by {found:.2e} of the largest')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
