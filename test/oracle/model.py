"""What a row of usage costs, from docs/usage.md and the pages that it names, in exact fractions."""
from datetime import datetime, timedelta
from fractions import Fraction as F

from catalog import ALIAS, COUNTS, KINDS, PRICES
from exact import allocate, rounded, scale, tariff_cost

UNKNOWN = 'unknown'
ORIGINS = ['negotiated', 'user', 'official', 'article', 'third_party']
DATA = {'byte': 1, 'kB': 10**3, 'MB': 10**6, 'GB': 10**9, 'TB': 10**12, 'PB': 10**15,
        'KiB': 2**10, 'MiB': 2**20, 'GiB': 2**30, 'TiB': 2**40, 'PiB': 2**50}
TIME = {'second': 1, 'minute': 60, 'hour': 3600, 'day': 86400}
SECTORS = ['industrial', 'commercial', 'business', 'non_household', 'household']
ACCELERATORS = {'l4': 'L4 24GB'}


# ---- time ----
def month_of(at):
    return '%04d-%02d-01' % (at.year, at.month)


def next_month(at):
    return datetime(at.year + at.month // 12, at.month % 12 + 1, 1)


def valid(row, at):
    return row['low'] <= at and (row['high'] is None or at < row['high'])


def covers(price, at):
    """Whether a window of the week contains a time; its weekdays are those on which it begins."""
    start, stop = price['opens'], price['closes']
    if start is None:
        return not price['weekdays'] or at.isoweekday() in price['weekdays']
    clock, day = at.hour + at.minute / 60, at
    if start < stop:
        inside = start <= clock < stop
    else:
        inside = clock >= start or clock < stop
        if clock < stop:
            day = at - timedelta(days=1)
    return inside and (not price['weekdays'] or day.isoweekday() in price['weekdays'])


class Model:
    def __init__(self, catalog, rows):
        self.c, self.rows = catalog, rows
        self.records = {}               # (record_id, month): what is used, by part
        self.counted = []               # what is billed by the month
        self.bills = []                 # (uses, total, currency): split() shares them once they are converted
        self.names = {self.key(p): p for p in KINDS}
        self.names.update({self.key(a): p for a, p in ALIAS.items()})
        for row in rows:
            self.cost(row)
        self.bill()

    # ---- names and prices ----
    @staticmethod
    def key(name):
        return ''.join(ch for ch in name.lower() if ch.isalnum())

    def provider(self, row):
        return None if row['provider'] is None else self.names.get(self.key(row['provider']))

    def model(self, row):
        name = row['model']
        return name.lower() if name and name.lower() in self.c.models else name

    def percent(self, provider, payer, kind, item):
        for d in self.c.discounts:
            if (d['provider'], d['account'], d['applies_to'], d['item']) == (provider, payer, kind, item):
                return 1 - d['percent'] / 100
        return F(1)

    @staticmethod
    def best(rows, at, payer, region=None):
        """The row that a lookup uses: origin, region, account."""
        found = [r for r in rows if valid(r, at) and r.get('account') in (None, payer)]
        return min(found, default=None, key=lambda r: (ORIGINS.index(r['origin']), r.get('region') != region,
                                                       r.get('account') is None))

    def segments(self, edges, start, end):
        """The parts of a period between the times at which something may change."""
        at = [start] + sorted({e for e in edges if e is not None and start < e < end}) + [end]
        return list(zip(at, at[1:]))

    def hourly(self, row, provider, at):
        """Price of an hour of the row's machine at a time: (amount, currency), or None."""
        option = dict(option=row['purchase_option'], term=row['term_months'])
        if row['sku'] is None:
            return self.bare(row, provider, at, option)
        same = [o for o in self.c.offers if o['provider'] == provider and o['sku'] == row['sku'] and
                all(o[k] == v for k, v in option.items()) and o['region'] in (row['region'], '*')]
        prices = [p for p in self.c.prices if p['provider'] == provider and p['sku'] == row['sku'] and
                  all(p[k] == v for k, v in option.items()) and p['region'] in (row['region'], '*')]
        price = self.best(prices, at, row['payer'], row['region'])
        if price is None or price['price_range']:
            return None
        offer = next(o for o in same if o['region'] == price['region'])
        amount = price['amount']
        if price['account'] is None:
            amount *= self.percent(provider, row['payer'], 'hours', row['sku'])
        if offer['basis'] == 'unknown' or offer['upfront']:
            return None
        if offer['basis'] in ('per_gpu', 'per_chip'):
            count = row['gpu_count'] or offer['gpus']
            return None if count is None else (amount * count, price['currency'])
        if row['gpu_count'] not in (None, offer['gpus']):
            return None
        return amount, price['currency']

    def bare(self, row, provider, at, option):
        name = ACCELERATORS.get(row['accelerator'], row['accelerator'])
        found = set()
        for o in self.c.offers:
            if o['provider'] == provider and o['accelerator'] == name and all(o[k] == v for k, v in option.items()):
                price = self.best([p for p in self.c.prices if p['sku'] == o['sku']], at, row['payer'])
                if price:
                    each = price['amount'] / (1 if o['basis'] == 'per_gpu' else o['gpus'])
                    each *= self.percent(provider, row['payer'], 'hours', o['sku'])
                    found.add((each * row['gpu_count'], price['currency']))
        return found.pop() if len(found) == 1 else None

    # ---- a row ----
    def record(self, row, month):
        key = row['record_id'], month
        if key not in self.records:
            line = (month, self.provider(row) or row['provider'], row['payer'], row['workload'], self.model(row),
                    row['team'])
            self.records[key] = dict(row=row, line=line, parts={}, tokens=F(0), hours=F(0), estimate=False)
        return self.records[key]

    def use(self, record, part, amount, currency='USD'):
        """Adds a cost to a part of a record; UNKNOWN has no cost."""
        record['parts'].setdefault(part, []).append((amount, currency))

    def cost(self, row):
        month, provider = month_of(row['period_start']), self.provider(row)
        first = self.record(row, month)
        counts = [row[c + '_tokens'] for c in COUNTS]
        first['tokens'] = sum(F(c) for c in counts if c is not None)
        used = any(c is None or c for c in counts)
        if row['instance_hours'] is not None:
            first['hours'] = row['instance_hours']
        if row['sku'] or (row['accelerator'] and row['instance_hours'] is not None):
            self.hours(row, provider)
            used = used or bool(row['instance_hours'] is None or row['instance_hours'])
        elif used:
            self.priced_tokens(row, provider, first)
        elif row['instance_hours'] and KINDS.get(provider) != 'own' and not row['meter']:
            self.use(first, 'hours', UNKNOWN)       # hours need a machine, unless a meter rates the same work
        other = False
        if row['energy_kwh']:
            other = True
            self.energy(row, provider, first)
        for part, meter, quantity, unit, kind, service in [
                ('egress', 'egress', row['transfer_quantity'], row['transfer_unit'], row['transfer_kind'],
                 row['transfer_service']),
                ('storage', 'storage', row['storage_quantity'], row['storage_unit'], row['storage_kind'], '*'),
                ('meter', row['meter'], row['quantity'], row['meter_unit'], row['meter_kind'] or '*', self.model(row))]:
            if quantity or (meter == row['meter'] and meter and quantity is None):
                other = True
                self.count(row, provider, first, part, meter, quantity, unit, kind, service)
        if row['requests']:
            alone = not used and not other
            if alone or self.tariffs(provider, 'requests', '*', self.model(row), row):
                self.count(row, provider, first, 'requests', 'requests', F(row['requests']), None, '*', self.model(row))

    def hours(self, row, provider):
        start, end, hours = row['period_start'], row['period_end'], row['instance_hours']
        first = self.record(row, month_of(start))
        first['machine'] = True
        if hours is None:
            return self.use(first, 'hours', UNKNOWN)
        if not hours:
            if first['tokens']:
                first['log'] = True
            return None
        if row['is_session']:
            return self.session(row, provider, first)
        if end is None or end == start:
            first['hours'] = hours
            price = self.hourly(row, provider, start)
            return self.use(first, 'hours', *((hours * price[0], price[1]) if price else (UNKNOWN,)))
        edges, at = [p['low'] for p in self.c.prices], next_month(start)
        while at < end:
            edges.append(at)
            at = next_month(at)
        whole, seen, first['hours'] = (end - start) / timedelta(seconds=1), set(), F(0)
        for low, high in self.segments(edges, start, end):
            record, price = self.record(row, month_of(low)), self.hourly(row, provider, low)
            part = hours * F(int((high - low).total_seconds()), int(whole))
            seen.add((month_of(low), price))
            record['hours'] += part
            self.use(record, 'hours', *((part * price[0], price[1]) if price else (UNKNOWN,)))
        machines = hours * 3600 / F(int(whole))
        months = {m for m, _ in seen}
        for month in months:
            prices = [p for m, p in seen if m == month]
            spread = len(months) > 1 or (len(prices) > 1 and None not in prices and len({c for _, c in prices}) == 1)
            self.record(row, month)['estimate'] = spread and machines.denominator != 1
        return None

    def session(self, row, provider, record):
        record['hours'] = row['instance_hours']
        price = self.hourly(row, provider, row['period_start'])
        offer = next((o for o in self.c.offers if o['sku'] == row['sku']), None)
        if price is None or offer['increment'] is None or row['instance_hours'] < 0:
            return self.use(record, 'hours', UNKNOWN)
        seconds = max(-(-row['instance_hours'] * 3600 // offer['increment']) * offer['increment'], offer['minimum'])
        return self.use(record, 'hours', price[0] * seconds / 3600, price[1])

    # ---- tokens ----
    def token_price(self, row, provider, at):
        rows = [t for t in self.c.tokens if t['provider'] == provider and t['model'] == self.model(row) and
                t['tier'] == row['service_tier'].lower() and t['geo'] == row['geo']]
        windowed = [t for t in rows if t['opens'] is not None or t['weekdays']]
        inside = [t for t in windowed if covers(t, at)]
        return self.best(inside or [t for t in rows if t not in windowed], at, row['payer']), bool(windowed)

    def priced_tokens(self, row, provider, record):
        def unknown():
            self.use(record, 'tokens', UNKNOWN)
        counts = {c: row[c + '_tokens'] for c in COUNTS}
        if provider is None or None in counts.values():
            return unknown()
        start, end = row['period_start'], row['period_end'] or row['period_start']
        price, windowed = self.token_price(row, provider, start)
        if price is None:
            return unknown()
        if windowed and row['period_end'] is None and row['requests'] != 1:
            return unknown()
        edges = [t['low'] for t in self.c.tokens] + [t['high'] for t in self.c.tokens]
        if windowed:
            edges += [start.replace(minute=0) + timedelta(hours=h)
                      for h in range(int((end - start).total_seconds() // 3600) + 2)]
        if end > start and any(self.token_price(row, provider, low)[0] is not price
                               for low, _ in self.segments(edges, start, end)):
            return unknown()
        which = 'prices'
        if price['threshold']:
            size = sum(counts[c] for c in COUNTS[:-1])

            def is_long(n):
                return n > price['threshold'] or (n == price['threshold'] and not price['strict'])
            largest = row['max_request_input_tokens']
            if row['requests'] == 1:
                which = 'long' if is_long(size) else 'prices'
            elif is_long(size if largest is None else largest):
                return unknown()
        total = F(0)
        for c, p in zip(COUNTS, PRICES):
            if counts[c]:
                if price[which][p] is None:
                    return unknown()
                total += counts[c] * price[which][p] / 10 ** 6
        if price['account'] is None:
            total *= self.percent(provider, row['payer'], 'tokens', price['model'])
        return self.use(record, 'tokens', total, price['currency'])

    def logs(self):
        """Tokens whose hours are in other rows, with the rows of the same line and machine that have the hours."""
        for key, record in self.records.items():
            if record.get('log'):
                yield key, [k for k, o in self.records.items() if o['line'] == record['line'] and o['hours'] and
                            o['row']['sku'] == record['row']['sku']]

    # ---- energy ----
    def energy(self, row, provider, record):
        if provider is None or KINDS.get(provider) != 'own':
            return
        rows = [e for e in self.c.electricity if e['location'] == row['region']]

        def at_time(at):
            now = [e for e in rows if valid(e, at)]
            return min(now, default=None, key=lambda e: (ORIGINS.index(e['origin']), SECTORS.index(e['sector'])))
        start, end = row['period_start'], row['period_end']
        price = at_time(start)
        edges = [t for e in rows for t in (e['low'], e['high'])]
        if price is None or (end and end > start and
                             any(at_time(low) is not price for low, _ in self.segments(edges, start, end))):
            self.use(record, 'energy', UNKNOWN)
        else:
            self.use(record, 'energy', row['energy_kwh'] * price['price'], price['currency'])

    # ---- meters ----
    def tariffs(self, provider, meter, kind, service, row):
        """All tariffs over time that the row's quantity could be of: those that name most."""
        found = [t for t in self.c.tariffs if t['provider'] == provider and t['meter'] == meter and
                 t['kind'] in (kind, '*') and t['service'] in (service, '*') and
                 (t['region'] in (row['region'], '*') or row['region'] is None)]
        if row['region'] is None and len({t['region'] for t in found}) > 1:
            found = [t for t in found if t['region'] == '*']
        names = {tuple(t[k] != '*' for k in ('region', 'service', 'kind')) for t in found}
        best = max(names, default=None)
        return [t for t in found if tuple(t[k] != '*' for k in ('region', 'service', 'kind')) == best]

    def count(self, row, provider, record, part, meter, quantity, unit, kind, service):
        start, end = row['period_start'], row['period_end'] or row['period_start']
        found = self.tariffs(provider, meter, kind, service, row)
        now = [t for t in found if valid(t, start)]
        if len(now) != 1:
            return self.use(record, part, UNKNOWN)
        if quantity is not None:                    # without it, nobody's share is known
            quantity = self.converted(quantity, unit, now[0], row)
        if any(start < t['low'] < end for t in found):
            quantity = None
        if now[0]['per'] == 'day' and end > start and (end - timedelta(seconds=1)).date() != start.date():
            quantity = None
        record['parts'].setdefault(part, [])        # its share comes with the bill
        self.counted.append(dict(record=record, part=part, quantity=quantity, tariff=now[0], day=start.date(),
                                 scope=(provider, row['payer'], record['line'][0], meter) +
                                 tuple(now[0][k] for k in ('kind', 'service', 'region'))))
        return None

    @staticmethod
    def converted(quantity, unit, t, row):
        if unit is None:
            return quantity
        if t['meter'] == 'storage':
            data, time = unit.split('-')
            days = (next_month(row['period_start']) - row['period_start'].replace(day=1, hour=0, minute=0)).days
            return quantity * DATA[data] / t['unit_bytes'] / (days * 24 if time == 'hour' else 1)
        if unit in DATA and (t['unit'] in DATA):
            return None if t['unit_bytes'] is None else quantity * DATA[unit] / t['unit_bytes']
        if unit in TIME and t['unit'] in TIME:
            return quantity * TIME[unit] / TIME[t['unit']]
        return quantity if unit in (t['unit'], t['unit'] + 's') else None

    def bill(self):
        scopes, pools = {}, {}
        for c in self.counted:
            scopes.setdefault(c['scope'], []).append(c)
            if c['tariff']['pool'] and c['quantity'] is not None:
                key = c['scope'][:3] + (c['tariff']['pool'],)
                pools[key] = pools.get(key, F(0)) + c['quantity']
        for scope, uses in scopes.items():
            if any(c['quantity'] is None for c in uses):
                self.bills.append((uses, None, None))
                continue
            versions = sorted({id(c['tariff']): c['tariff'] for c in uses}.values(), key=lambda t: t['low'])
            same = len({(t['currency'], t['unit'], t['free']) for t in versions}) == 1
            prior, bill = F(0), F(0)
            for t in versions:
                mine = [c for c in uses if c['tariff'] is t]
                quantity = sum(c['quantity'] for c in mine)
                free = t['free']
                if t['pool']:
                    free = free * quantity / max(pools[scope[:3] + (t['pool'],)], free)
                if t['per'] == 'day':
                    days = {}
                    for c in mine:
                        days[c['day']] = days.get(c['day'], F(0)) + c['quantity']
                    quantity = sum(max(q - free, F(0)) for q in days.values())
                    free = F(0)
                total = tariff_cost(t['tariff'], prior + quantity, free, t['in_tiers'])
                before = tariff_cost(t['tariff'], prior, free, t['in_tiers']) if prior else F(0)
                bill = None if bill is None or total is None or before is None else bill + total - before
                prior += quantity
            if bill is not None:
                bill *= self.percent(scope[0], scope[1], 'tariff', scope[3])
            self.bills.append((uses, bill if same else None, versions[0]['currency']))

    @staticmethod
    def split(uses, total):
        """The shares of a converted bill, by line, then by record; and by how much ties may change them."""
        lines, ties, result = {}, [], []
        for c in uses:
            lines.setdefault(c['record']['line'], []).append(c)
        total = rounded(total, 18)
        digits = max(10, scale(total))
        shares = allocate(total, [sum(c['quantity'] for c in line) for line in lines.values()], digits, ties)
        for line, share in zip(lines.values(), shares):
            result += zip(line, allocate(share, [c['quantity'] for c in line], digits, ties))
        return result, sum(ties, F(0))
