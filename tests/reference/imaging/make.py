"""Makes expected.json: small pictures, and what Pillow makes of them.

    python3 make.py > expected.json

Needs Pillow (the JSON names the version it was made with) and nothing else. The steps of torchvision
(Resize, CenterCrop, ToTensor, Normalize) and of timm (Resize or ResizeKeepRatio, CenterCrop) are few,
and are written out below on top of Pillow: Python's own round() and int(), Pillow's own resize() and
crop(), and float32 arithmetic, rounded after every step as a tensor's is.

Bytes and floats (little-endian) are deflated and in base64. Pictures are RGBA; the first one's alpha
is noise, which must not show in any result.
"""

import base64
import json
import math
import random
import struct
import sys
import zlib

import PIL
from PIL import Image

MEAN = (0.485, 0.456, 0.406)
DEVIATION = (0.229, 0.224, 0.225)


def pack(data):
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def float32(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def make_picture(seed, width, height, noise, random_alpha=False):
    """Gradients, a checkerboard of hard edges that makes the kernel overshoot, and noise."""
    source = random.Random(seed)
    data = bytearray()
    for y in range(height):
        for x in range(width):
            board = 255 if (x // 5 + y // 7) % 2 else 0
            red = 255 * x / max(1, width - 1)
            green = board if x > width // 2 else 255 * y / max(1, height - 1)
            blue = 255 - board if y > height // 2 else 128
            for value in (red, green, blue):
                value += source.uniform(-noise, noise)
                data.append(min(255, max(0, int(value))))
            data.append(source.randrange(256) if random_alpha else 255)
    return Image.frombytes("RGBA", (width, height), bytes(data))


PICTURES = {
    "wide": make_picture(1, 61, 47, 20, random_alpha=True),
    "high": make_picture(2, 40, 90, 12),
    "square": make_picture(3, 32, 32, 60),
    "strip": make_picture(4, 150, 9, 30),
}

RESIZED = [
    ("wide", 32, 32),
    ("wide", 61, 20),
    ("wide", 20, 47),
    ("wide", 66, 25),
    ("wide", 7, 5),
    ("wide", 1, 1),
    ("high", 13, 29),
    ("high", 51, 40),
    ("square", 47, 33),
    ("strip", 24, 24),
    ("strip", 16, 1),
]

TENSORS = [
    ("wide", (32, 32), "official"),
    ("wide", (24, 40), "timm-0.95"),
    ("high", (24, 40), "official"),
    ("high", (32, 32), "timm-0.95"),
    ("square", (32, 32), "timm-0.95"),
    ("square", (28, 28), "official"),
    ("strip", (32, 32), "official"),
]

PLAN_SIZES = [
    (500, 375),
    (375, 500),
    (333, 500),
    (256, 256),
    (3000, 4000),
    (1, 1),
    (3, 1000),
    (1000, 3),
    (61, 47),
    (1023, 767),
    (255, 257),
]
PLAN_INPUTS = [
    (224, 224),
    (256, 256),
    (384, 384),
    (33, 33),
    (7, 7),
    (224, 320),
    (320, 224),
    (31, 30),
]


def resized_side(recipe, side):
    if recipe == "official":
        return int((256 / 224) * side)
    return math.floor(side / 0.95)


def plan(width, height, input_size, recipe):
    """Size to resize to, as (width, height), and the corner (left, top) of the crop."""
    target_height, target_width = (resized_side(recipe, side) for side in input_size)
    if target_height == target_width:
        short, long = min(width, height), max(width, height)
        new_long = int(target_height * long / short)
        size = (target_height, new_long) if width <= height else (new_long, target_height)
    else:
        ratio = min(height / target_height, width / target_width)
        size = (round(width / ratio), round(height / ratio))
    crop_height, crop_width = input_size
    left = int(round((size[0] - crop_width) / 2.0))
    top = int(round((size[1] - crop_height) / 2.0))
    return size, (left, top)


def tensor(picture, input_size, recipe):
    rgb = picture.convert("RGB")
    size, (left, top) = plan(rgb.width, rgb.height, input_size, recipe)
    if rgb.size != size:
        rgb = rgb.resize(size, Image.BICUBIC)
    height, width = input_size
    bytes_ = rgb.crop((left, top, left + width, top + height)).tobytes()
    values = []
    for channel in range(3):
        mean, deviation = float32(MEAN[channel]), float32(DEVIATION[channel])
        for byte in bytes_[channel::3]:
            values.append(float32(float32(float32(byte / 255) - mean) / deviation))
    return struct.pack(f"<{len(values)}f", *values)


def main():
    expected = {
        "pillow": PIL.__version__,
        "pictures": {
            name: {"width": picture.width, "height": picture.height, "rgba": pack(picture.tobytes())}
            for name, picture in PICTURES.items()
        },
        "resized": [
            {
                "picture": name,
                "width": width,
                "height": height,
                "rgb": pack(PICTURES[name].convert("RGB").resize((width, height), Image.BICUBIC).tobytes()),
            }
            for name, width, height in RESIZED
        ],
        "tensors": [
            {
                "picture": name,
                "inputSize": input_size,
                "recipe": recipe,
                "values": pack(tensor(PICTURES[name], input_size, recipe)),
            }
            for name, input_size, recipe in TENSORS
        ],
        "plans": [
            [width, height, *input_size, recipe, *size, *corner]
            for width, height in PLAN_SIZES
            for input_size in PLAN_INPUTS
            for recipe in ("official", "timm-0.95")
            for size, corner in [plan(width, height, input_size, recipe)]
        ],
    }
    # One line a plan or a picture, so that a change is seen where it is.
    def block(opening, items, closing):
        return opening + "\n" + ",\n".join("  " + item for item in items) + "\n" + closing

    parts = [f'"pillow": {json.dumps(expected["pillow"])}']
    pictures = [f"{json.dumps(name)}: {json.dumps(picture)}" for name, picture in expected["pictures"].items()]
    parts.append('"pictures": ' + block("{", pictures, "}"))
    for key in ("resized", "tensors", "plans"):
        parts.append(f'"{key}": ' + block("[", [json.dumps(item) for item in expected[key]], "]"))
    sys.stdout.write("{\n" + ",\n".join(parts) + "\n}\n")


main()
