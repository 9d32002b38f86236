#!/usr/bin/env python3
"""What Pillow makes of two images by each operation of AutoAugment, of the colour jitter and of a resized crop.

    pip install pillow==13.0.0
    python test/oracle/pillow_operations.py > test/oracle/pillow-operations.json
"""
import base64
import json
import math

from PIL import Image, ImageEnhance, ImageOps, __version__

SIZE = 16
rough = bytes((i * 37 + i * i * 11) % 256 for i in range(SIZE * SIZE * 3))
smooth = bytes(
    int(40 + 9 * row + (5, 2, 7)[channel] * column + 30 * math.sin(row / 3 + channel)) % 256
    for row in range(SIZE)
    for column in range(SIZE)
    for channel in range(3)
)
GREY = (128, 128, 128)


def affine(image, matrix):
    return image.transform(image.size, Image.AFFINE, matrix, Image.NEAREST, fillcolor=GREY)


def turned_hue(image, turn):
    hue, saturation, value = image.convert('HSV').split()
    hue = hue.point([(byte + int(turn * 255)) % 256 for byte in range(256)])
    return Image.merge('HSV', (hue, saturation, value)).convert('RGB')


OPERATIONS = {
    'shearX': lambda image, much: affine(image, (1, much, 0, 0, 1, 0)),
    'shearY': lambda image, much: affine(image, (1, 0, 0, much, 1, 0)),
    'translateX': lambda image, much: affine(image, (1, 0, int(much), 0, 1, 0)),
    'translateY': lambda image, much: affine(image, (1, 0, 0, 0, 1, int(much))),
    'rotate': lambda image, much: image.rotate(much, Image.NEAREST, fillcolor=GREY),
    'brightness': lambda image, much: ImageEnhance.Brightness(image).enhance(1 + much),
    'colour': lambda image, much: ImageEnhance.Color(image).enhance(1 + much),
    'contrast': lambda image, much: ImageEnhance.Contrast(image).enhance(1 + much),
    'sharpness': lambda image, much: ImageEnhance.Sharpness(image).enhance(1 + much),
    'posterize': lambda image, much: ImageOps.posterize(image, much),
    'solarize': lambda image, much: ImageOps.solarize(image, much),
    'autoContrast': lambda image, much: ImageOps.autocontrast(image),
    'equalize': lambda image, much: ImageOps.equalize(image),
    'invert': lambda image, much: ImageOps.invert(image),
    'hue': turned_hue,
    'resize': lambda image, much: image.crop((2, 1, 14, 12)).resize((much, much), Image.BILINEAR),
}
STRENGTHS = {
    **{name: (0.1, -0.3) for name in ('shearX', 'shearY')},
    **{name: (3.7, -7.25) for name in ('translateX', 'translateY')},
    'rotate': (20 / 3, -30),
    **{name: (0.3, -0.6, 0.9) for name in ('brightness', 'colour', 'contrast', 'sharpness')},
    'posterize': (4, 6),
    'solarize': (256 - 256 * 5 / 9, 0, 256),
    'hue': (0.2, -0.11),
    'resize': (5, 12, 31),
}

cases = []
for kind, pixels in (('rough', rough), ('smooth', smooth)):
    image = Image.frombytes('RGB', (SIZE, SIZE), pixels)
    for name, operate in OPERATIONS.items():
        for much in STRENGTHS.get(name, (0,)):
            made = base64.b64encode(operate(image, much).tobytes()).decode()
            cases.append({'image': kind, 'operation': name, 'strength': much, 'made': made})
images = {'rough': base64.b64encode(rough).decode(), 'smooth': base64.b64encode(smooth).decode()}
print(json.dumps({'pillow': __version__, 'size': SIZE, 'images': images, 'cases': cases}))
