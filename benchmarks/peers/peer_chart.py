"""A drawing of growth: CPU seconds by rows, both in powers of ten, a line for each engine."""

import math
from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, EDGE, RIGHT = 720, 420, 64, 150
INKS = ("#1b6e53", "#b3541e", "#31508c", "#7a3e77")


def growth(measures: Sequence[Mapping[str, object]]) -> str:
    """Return the drawing as SVG, readable on white and without colours by its names."""
    xs, ys = [m["asked"] for m in measures], [m["seconds"] for m in measures]
    wide, tall = _powers(xs), _powers(ys)

    def place(m: Mapping[str, object]) -> tuple[float, float]:
        x = (math.log10(m["asked"]) - wide[0]) / (wide[-1] - wide[0])
        y = (math.log10(m["seconds"]) - tall[0]) / (tall[-1] - tall[0])
        return EDGE + x * (WIDTH - EDGE - RIGHT), HEIGHT - EDGE - y * (HEIGHT - 2 * EDGE)

    parts = [_line_of_power(p, place({"asked": 10**p, "seconds": 10 ** tall[0]})) for p in wide]
    parts += [_step(p, place({"asked": 10 ** wide[0], "seconds": 10**p})) for p in tall]
    for at, peer in enumerate(dict.fromkeys(m["peer"] for m in measures)):
        points = [place(m) for m in measures if m["peer"] == peer]
        parts.append(_series(str(peer), points, INKS[at % len(INKS)]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13"><title>CPU seconds by rows</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<text x="{EDGE}" y="24">CPU seconds, from Parquet to Parquet</text>'
        f'<text x="{(WIDTH - RIGHT + EDGE) / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">rows</text>'
        f"{''.join(parts)}</svg>\n"
    )


def _powers(values: Sequence[float]) -> list[int]:
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return list(range(first, max(last, first + 1) + 1))


def _line_of_power(power: int, at: tuple[float, float]) -> str:
    x, y = at
    return (
        f'<path d="M{x:.1f} {y:.1f}V{EDGE}" stroke="#ddd"/>'
        f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{10**power:,}</text>'
    )


def _step(power: int, at: tuple[float, float]) -> str:
    x, y = at
    return (
        f'<path d="M{x:.1f} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        f'<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
    )


def _series(name: str, points: Sequence[tuple[float, float]], ink: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{ink}"/>' for x, y in points)
    x, y = points[-1]
    return (
        f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2"/>{dots}'
        f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{ink}">{name}</text>'
    )
