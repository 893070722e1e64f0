"""SQL that loads a catalog and its usage."""
from datetime import datetime
from fractions import Fraction

from catalog import ALIAS, COUNTS, KINDS


def decimal(value):
    """The digits of an exact decimal number."""
    digits = 0
    while (value * 10 ** digits).denominator != 1:
        digits += 1
        assert digits < 60, value
    whole = int(value * 10 ** digits)
    text = '%0*d' % (digits + 1, abs(whole))
    return ('-' if whole < 0 else '') + text[:len(text) - digits] + ('.' + text[-digits:] if digits else '')


def literal(value):
    if value is None:
        return 'NULL'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction):
        return decimal(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return "'%s+00'" % value
    if isinstance(value, list):
        return "'{%s}'" % ','.join(map(str, value))
    return "'%s'" % value.replace("'", "''")


def insert(table, rows):
    if not rows:
        return ''
    columns = list(rows[0])
    values = ',\n'.join('(%s)' % ', '.join(literal(row[c]) for c in columns) for row in rows)
    return 'INSERT INTO accelcost.%s (%s) VALUES\n%s;\n' % (table, ', '.join(columns), values)


def valid(row):
    return '[%s+00,%s)' % (row['low'], '' if row['high'] is None else '%s+00' % row['high'])


def tariff(t):
    text = t['mode'] + (' ' + decimal(t['block']) if t['block'] else '')
    text += ' allowance ' + decimal(t['allowance']) if t['allowance'] else ''
    tiers = [decimal(price) + (' flat ' + decimal(flat) if flat else '') +
             (' upto ' + decimal(upto) if upto is not None else '') for upto, price, flat in t['tiers']]
    return text + ': ' + ', '.join(tiers)


def dated(rows, make):
    """Rows with their range, origin and a date; each has a source of its own where origins differ."""
    return [dict(make(r), valid=valid(r), origin=r.get('origin', 'user'), as_of='2025-01-01',
                 source='oracle ' + r.get('origin', 'user')) for r in rows]


def script(c, usage):
    text = 'BEGIN;\n'
    text += insert('provider', [dict(provider=p, kind=k) for p, k in KINDS.items()])
    text += insert('provider_alias', [dict(alias=a, provider=p) for a, p in ALIAS.items() if a[0] in 'oOh' and
                                      ''.join(filter(str.isalnum, a)).lower() !=
                                      ''.join(filter(str.isalnum, p)).lower()])
    text += insert('model', [dict(model=m) for m in c.models])
    text += insert('offer', [dict(provider=o['provider'], sku=o['sku'], region=o['region'], purchase_option=o['option'],
                                  term_months=o['term'], accelerator=o['accelerator'], gpu_count=o['gpus'],
                                  price_basis=o['basis'], upfront=o['upfront'], minimum_seconds=o['minimum'],
                                  billing_increment_seconds=o['increment']) for o in c.offers])
    text += insert('offer_price', dated(c.prices, lambda p: dict(
        provider=p['provider'], sku=p['sku'], region=p['region'], purchase_option=p['option'], term_months=p['term'],
        account=p['account'], amount=None if p['price_range'] else p['amount'],
        price_low=p['amount'] if p['price_range'] else None, price_high=p['amount'] * 2 if p['price_range'] else None,
        currency=p['currency'])))
    text += insert('meter_tariff', dated(c.tariffs, lambda t: dict(
        provider=t['provider'], meter=t['meter'], kind=t['kind'], service=t['service'], from_region=t['region'],
        account=t['account'], tariff=tariff(t['tariff']), free_quantity=t['free'], free_in_tiers=t['in_tiers'],
        free_per=t['per'], free_pool=t['pool'], currency=t['currency'], unit=t['unit'], unit_bytes=t['unit_bytes'])))
    text += insert('token_price', dated(c.tokens, lambda t: dict(
        {k + '_price': v for k, v in t['prices'].items()}, **{'long_' + k + '_price': v for k, v in t['long'].items()},
        provider=t['provider'], model=t['model'], account=t['account'], service_tier=t['tier'], geo=t['geo'],
        context_threshold=t['threshold'], threshold_strict=t['strict'], weekdays=t['weekdays'],
        utc_from=None if t['opens'] is None else '%02d:00' % t['opens'],
        utc_to=None if t['closes'] is None else '%02d:00' % t['closes'], currency=t['currency'])))
    text += insert('electricity_price', dated(c.electricity, lambda e: dict(
        location=e['location'], sector=e['sector'], price_per_kwh=e['price'], currency=e['currency'])))
    text += insert('fx_rate', dated(c.fx, lambda x: dict(
        from_currency=x['one'], to_currency=x['other'], rate=x['rate'])))
    text += insert('discount', [dict(provider=d['provider'], account=d['account'], percent=d['percent'],
                                     applies_to=d['applies_to'], item=d['item'], valid='[2025-01-01 00:00+00,)')
                                for d in c.discounts])
    text += insert('usage', usage)
    return text + 'COMMIT;\nANALYZE accelcost.usage;\n'
