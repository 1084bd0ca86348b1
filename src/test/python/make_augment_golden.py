#!/usr/bin/python3
"""Writes src/test/resources/golden/augment: what torchvision makes of golden images by fixed crops, colours and mirrors.

For maintainers, with Debian's python3-torchvision and python3-pil:

    /usr/bin/python3 src/test/python/make_augment_golden.py

`cases.json` holds the parameters by the name of the case, and `<case>.png` the crop that they give.
"""
import json
import pathlib

from PIL import Image
from torchvision.transforms import functional

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / 'resources/golden'
SIDE = 96
ADJUST = {
    'BRIGHTNESS': functional.adjust_brightness,
    'CONTRAST': functional.adjust_contrast,
    'SATURATION': functional.adjust_saturation,
}
CASES = {
    'shrunk': {
        'image': 'j_420.jpg', 'left': 37, 'top': 22, 'width': 251, 'height': 190, 'mirrored': True,
        'steps': [['CONTRAST', 1.35], ['SATURATION', 0.63], ['BRIGHTNESS', 0.87]],
    },
    'enlarged': {
        'image': 'p_rgb.png', 'left': 201, 'top': 130, 'width': 71, 'height': 83, 'mirrored': False,
        'steps': [['BRIGHTNESS', 1.38], ['CONTRAST', 0.66], ['SATURATION', 1.4]],
    },
    'dark': {
        'image': 'j_420.jpg', 'left': 0, 'top': 0, 'width': 321, 'height': 267, 'mirrored': True,
        'steps': [['SATURATION', 1.29], ['BRIGHTNESS', 0.6], ['CONTRAST', 0.74]],
    },
}


def augmented(case):
    image = Image.open(GOLDEN / 'preprocess/images' / case['image']).convert('RGB')
    crop = functional.resized_crop(image, case['top'], case['left'], case['height'], case['width'], [SIDE, SIDE])
    for name, factor in case['steps']:
        crop = ADJUST[name](crop, factor)
    return functional.hflip(crop) if case['mirrored'] else crop


def main():
    target = GOLDEN / 'augment'
    target.mkdir(exist_ok=True)
    for name, case in CASES.items():
        augmented(case).save(target / f'{name}.png')
    (target / 'cases.json').write_text(json.dumps(CASES, indent=1) + '\n')
    print(f'{len(CASES)} crops into {target}')


if __name__ == '__main__':
    main()
