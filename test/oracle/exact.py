"""Rounding, largest remainders and tariffs in exact fractions, from docs/rounding.md and docs/tariff.md."""
from fractions import Fraction as F


def rounded(value, digits):
    """Half away from zero."""
    scaled = abs(value) * 10 ** digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return F(whole if value >= 0 else -whole, 10 ** digits)


def scale(value):
    """Decimals of an exact decimal number, or None."""
    for digits in range(80):
        if (value * 10 ** digits).denominator == 1:
            return digits
    return None


def allocate(total, weights, digits, ties):
    """Largest remainder; docs/rounding.md, split_cost, for weights of both signs. A tie is added to the list."""
    if any(w < 0 for w in weights) and any(w > 0 for w in weights):
        whole = sum(weights)
        if whole == 0:
            return [total] + [F(0)] * (len(weights) - 1)
        parts = [rounded(total * w / whole, digits) if w < 0 else None for w in weights]
        rest = allocate(total - sum(p for p in parts if p is not None), [max(w, F(0)) for w in weights], digits, ties)
        return [p if p is not None else q for p, q in zip(parts, rest)]
    if total < 0:
        return [-p for p in allocate(-total, weights, digits, ties)]
    weights = [abs(w) for w in weights]
    whole, unit = sum(weights), F(1, 10 ** digits)
    if whole == 0:
        return allocate(total, [F(1)] * len(weights), digits, ties)
    exact = [total * w / whole for w in weights]
    parts = [e // unit * unit for e in exact]
    left = int((total - sum(parts)) / unit)
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[:left]:
        parts[i] += unit
    if left and parts[order[left - 1]] - unit - exact[order[left - 1]] == parts[order[left]] - exact[order[left]]:
        ties.append(unit)
    return parts


def tariff_cost(t, quantity, free=F(0), in_tiers=False):
    """docs/tariff.md; None for a total below 0 or past the last tier. Free units first, as free_in_tiers says."""
    if quantity < 0:
        return None
    if free and in_tiers:
        whole, gift = tariff_cost(t, quantity), tariff_cost(t, min(quantity, free))
        return None if whole is None else whole - gift
    base = max(quantity - t['allowance'] - free, F(0))
    if t['mode'] == 'package':
        return t['tiers'][0][1] * -(-base // t['block']) + t['tiers'][0][2]
    low, cost = F(0), F(0)
    for n, (upto, price, flat) in enumerate(t['tiers']):
        if n and base <= low:
            return cost
        top = base if upto is None else min(base, upto)
        if t['mode'] == 'volume':
            cost = price * base + flat
        else:
            cost += price * (top - low) + flat
        if upto is None or base <= upto:
            return cost
        low = upto
    return None
