"""Random rows of usage for the catalog in catalog.py."""
from datetime import datetime, timedelta
from fractions import Fraction as F

from catalog import API, CLOUD, COUNTS, HOUSE, NEO, PAYERS, TEAMS, moment, number

HOURS = [1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 80, 100, 125, 160, 200, 250, 400, 500]


class Rows:
    def __init__(self, r, catalog, count):
        self.r, self.catalog, self.rows = r, catalog, []
        makers = [self.machine, self.machine, self.machine, self.spread, self.spread, self.session, self.bare, self.log,
                  self.tokens, self.tokens, self.tokens, self.windowed, self.long, self.energy, self.transfer,
                  self.transfer, self.shared, self.storage, self.meter, self.meter, self.requests, self.mixed, self.odd]
        while len(self.rows) < count - 12:
            r.choice(makers)()
        self.balance()
        for n, row in enumerate(self.rows):
            row['record_id'] = 'u%03d' % n

    def add(self, provider, at=None, **columns):
        r = self.r
        row = dict(provider=provider, payer=r.choice(PAYERS), team=r.choice(TEAMS), region=None, sku=None,
                   accelerator=None, gpu_count=None, purchase_option='on_demand', term_months=0, instance_hours=None,
                   is_session=False, workload=r.choice(['inference', 'inference', 'training']), model=None,
                   requests=None, max_request_input_tokens=None, service_tier='standard', geo='global', meter=None,
                   quantity=None, meter_unit=None, meter_kind=None, transfer_quantity=None, transfer_unit=None,
                   transfer_kind='internet', transfer_service='*', storage_quantity=None, storage_unit=None,
                   storage_kind=None, energy_kwh=None, period_start=at or moment(r), period_end=None)
        row.update({c + '_tokens': 0 for c in COUNTS})
        row.update(columns)
        if r.random() < 0.15 and row['provider'] in (CLOUD, NEO, API, HOUSE):
            row['provider'] = {CLOUD: 'oc inc.', NEO: 'ORA-NEO', API: r.choice(['ora api', 'OraAPI']),
                               HOUSE: 'house-alias'}[row['provider']]
        self.rows.append(row)
        return row

    def counts(self, kinds=COUNTS, high=5000000):
        return {c + '_tokens': self.r.randint(0, high) if c in kinds else 0 for c in COUNTS}

    def sign(self, value, share=0.1, part=F(1, 10)):
        """Now and then a correction, which is smaller than what it corrects."""
        return -value * part if self.r.random() < share else value

    # ---- machines ----
    def sku(self):
        r = self.r
        sku = r.choice(['oc-8', 'oc-8', 'oc-gpu', 'oc-region', 'oc-year', 'oc-unsaid', 'oc-range', 'oc-front',
                        'oc-late', 'oc-chf', 'oc-talk', 'neo-1', 'neo-both', 'house-8', 'oc-gone'])
        columns = dict(sku=sku, model=r.choice([None, 'ora-self', 'mystery']))
        if sku == 'oc-region':
            columns['region'] = r.choice(['r1', 'r3'])
        if sku == 'oc-year':
            columns.update(r.choice([dict(purchase_option='reserved', term_months=12), {},
                                     dict(purchase_option='reserved', term_months=36)]))
        if sku == 'oc-gpu':
            columns['gpu_count'] = r.choice([None, F(4), F(1, 2), F(2)])
        if sku == 'oc-8':
            columns['gpu_count'] = r.choice([None, None, F(8), F(3)])
        return {'o': CLOUD, 'n': NEO, 'h': HOUSE}[sku[0]], columns

    def machine(self):
        r = self.r
        provider, columns = self.sku()
        hours = r.choice([self.sign(number(r, 0, 300, 4)), F(r.randint(1, 48)), F(0), None])
        self.add(provider, instance_hours=hours, **columns)

    def spread(self):
        """Hours over a period, also past changes of price and ends of months."""
        r = self.r
        provider, columns = self.sku()
        at, hours = moment(r), r.choice(HOURS)
        if r.random() < 0.1:
            hours *= 3                                                       # 1/3 is not a decimal number
        amount = r.choice([F(hours) * r.randint(1, 4), F(hours), number(r, 0, hours, 3),
                           self.sign(F(hours), 0.5, F(1))])
        self.add(provider, at, period_end=at + timedelta(hours=hours), instance_hours=amount, **columns,
                 **({'output_tokens': r.randint(1, 9999)} if r.random() < 0.2 else {}))

    def session(self):
        r = self.r
        self.add(CLOUD, sku=r.choice(['oc-session', 'oc-session', 'oc-nosession']), is_session=True,
                 instance_hours=r.choice([number(r, 0.01, 3, 3), number(r, 0.01, 3, 3), F(-1)]))

    def bare(self):
        """An accelerator without a SKU."""
        r = self.r
        self.add(NEO, accelerator=r.choice(['H200 141GB', 'l4', 'A100 SXM4 80GB', 'B200 180GB']),
                 gpu_count=r.choice([F(1), F(2), F(1, 4)]), instance_hours=self.sign(number(r, 0.1, 99, 3)))

    def log(self):
        """The hours of a machine in one row, tokens in others; sometimes there are no hours."""
        r = self.r
        at = moment(r)
        line = dict(payer=r.choice(['pa', 'pb']), team='log%d' % r.randint(1, 4), workload='inference',
                    model='ora-self')
        sku = r.choice(['oc-talk', 'oc-chf'])
        if r.random() < 0.6:
            self.add(CLOUD, at, sku=sku, instance_hours=number(r, 1, 20, 2), **line)
        self.add(CLOUD, at.replace(day=r.randint(1, 28)), sku=sku, instance_hours=F(0), **line,
                 **self.counts(['output', 'cache_read'], 0 if r.random() < 0.3 else 90000))

    # ---- tokens ----
    def tokens(self):
        r, model = self.r, self.r.choice(['ora-a', 'ora-a', 'ora-b', 'ora-late', 'ora-part', 'ora-tier', 'ora-contract',
                                          'ORA-A', 'mystery', None])
        kinds = r.sample(COUNTS, r.randint(1, 5))
        row = self.add(API, model=model, **self.counts(kinds))
        if r.random() < 0.1:
            row[kinds[0] + '_tokens'] = None
        if r.random() < 0.1:
            row.update({c + '_tokens': -row[c + '_tokens'] for c in COUNTS if row[c + '_tokens']})
        row.update(r.choice([{}, {}, dict(service_tier='batch'), dict(service_tier='Priority'), dict(geo='eu')]))
        if r.random() < 0.4:
            row['period_end'] = row['period_start'] + timedelta(minutes=r.choice([1, 60, 1440, 20000]))

    def windowed(self):
        r = self.r
        row = self.add(API, model='ora-window', requests=r.choice([None, 1, 1, 5]), **self.counts(['output'], 99999))
        if r.random() < 0.7:
            row['period_end'] = row['period_start'] + timedelta(minutes=r.choice([0, 30, 60, 240, 1440, 4000]))

    def long(self):
        r = self.r
        threshold = next(t['threshold'] for t in self.catalog.tokens if t['model'] == 'ora-long')
        size = r.choice([threshold - 1, threshold, threshold + 1, threshold * 7])
        read = r.randint(0, size)
        kind = r.choice(['one', 'max', 'none'])
        self.add(API, model='ora-long', uncached_input_tokens=size - read, cache_read_tokens=read,
                 output_tokens=r.randint(0, 5000),
                 requests={'one': 1, 'max': 9, 'none': r.choice([None, 9])}[kind],
                 max_request_input_tokens={'max': min(size, r.choice([threshold - 1, threshold, threshold + 1])),
                                           'one': r.choice([size, None]), 'none': None}[kind])

    # ---- everything else ----
    def energy(self):
        r = self.r
        row = self.add(r.choice([HOUSE, HOUSE, HOUSE, CLOUD]), region=r.choice(['ORA-1', 'ORA-2', 'ORA-3', 'ORA-9']),
                       energy_kwh=self.sign(number(r, 0, 9000, 3)), model=r.choice([None, 'ora-self']))
        if r.random() < 0.3:
            row['period_end'] = row['period_start'] + timedelta(hours=r.choice([1, 24, 400]))
        if r.random() < 0.3:
            row.update(sku='house-8', provider=HOUSE, instance_hours=number(r, 1, 20, 2), period_end=None,
                       output_tokens=r.randint(0, 9999))

    def transfer(self):
        r = self.r
        kind = r.choice(['internet', 'internet', 'cdn', 'inter_az'])
        quantity, unit = r.choice([(number(r, 0, 900, 6), None), (number(r, 0, 900, 6), 'GiB'),
                                   (number(r, 0, 900, 6), 'GB'), (F(r.randint(1, 10 ** 12)), 'byte'),
                                   (number(r, 0, 1, 6), 'TB')])
        provider = r.choice([CLOUD, CLOUD, CLOUD, NEO]) if kind == 'internet' else CLOUD
        if provider == NEO:
            unit = None
        self.add(provider, region=r.choice([None, 'r1', 'r2']), transfer_kind=kind, transfer_unit=unit,
                 transfer_quantity=self.sign(quantity),
                 transfer_service=r.choice(['*', 'lines']) if kind == 'cdn' and unit is None else '*',
                 model=r.choice([None, 'ora-self']))

    def shared(self):
        """Two tariffs with one free quantity; balance() makes their sum a power of two."""
        r = self.r
        self.add(CLOUD, payer=r.choice(['pa', 'pb']), region=r.choice(['r1', 'r2']), transfer_kind='inter_region',
                 transfer_quantity=number(r, 0, 40, 6), transfer_unit=r.choice(['GB', None]))

    def balance(self):
        used = {}
        for row in self.rows:
            if row['transfer_kind'] == 'inter_region':
                key = row['payer'], row['period_start'].month
                used[key] = used.get(key, F(0)) + row['transfer_quantity']
        for (payer, month), quantity in sorted(used.items()):
            self.add(CLOUD, datetime(2025, month, 9), payer=payer, region='r2', transfer_kind='inter_region',
                     transfer_quantity=next(F(2 ** n) for n in range(4, 20) if 2 ** n > quantity + 1) - quantity)

    def storage(self):
        r = self.r
        at = moment(r)
        hours = {2: 672, 3: 744, 4: 720}[at.month]
        quantity, unit = r.choice([(number(r, 0, 500, 4), None), (number(r, 0, 500, 4), 'GB-month'),
                                   (number(r, 0, 500, 4), 'GiB-month'), (number(r, 0, 500, 3) * hours, 'GiB-hour'),
                                   (F(r.randint(1, 10 ** 11)) * hours, 'byte-hour')])
        self.add(CLOUD, at, storage_quantity=self.sign(quantity), storage_unit=unit,
                 storage_kind=r.choice(['hot', 'hot', 'hot', 'cold', 'cold', 'warm', None]))

    def meter(self):
        r = self.r
        meter = r.choice(['images', 'images', 'audio', 'searches', 'pages', 'calls', 'data', 'unheard'])
        model = r.choice(['ora-pics', 'ora-ears', 'ora-a', 'mystery', None])
        row = self.add(API, meter=meter, model=model, quantity=number(r, 0, 900, 3),
                       meter_unit=r.choice([None, None, {'searches': 'search', 'images': 'image', 'pages': 'page',
                                                         'calls': 'calls', 'audio': 'second', 'data': 'MB',
                                                         'unheard': 'x'}[meter]]))
        if meter == 'images':
            row.update(quantity=self.sign(F(r.randint(1, 900))), meter_kind=r.choice([None, 'hd']),
                       meter_unit=r.choice([None, 'image', 'images', 'image', 'hour']) if not row['payer'] else None)
        if row['meter_unit'] == 'second':
            row['quantity'] = F(r.randint(1, 900) * 3)
        if meter == 'calls':
            row['region'] = r.choice([None, 'r1', 'r2'])
        if r.random() < 0.1:
            row.update(quantity=None, team='null')
        elif r.random() < 0.15:
            row['period_end'] = row['period_start'] + timedelta(hours=r.choice([1, 24, 400]))
        if r.random() < 0.2:
            row.update(self.counts(['output'], 9999))

    def requests(self):
        r = self.r
        row = self.add(API, model=r.choice(['ora-rank', 'ora-rank', 'ora-a']), requests=r.randint(1, 9999))
        if r.random() < 0.5:
            row.update(self.counts(['uncached_input']))

    def mixed(self):
        """Everything in one row: hours or tokens, what was sent and stored, a meter and requests."""
        r = self.r
        row = self.add(r.choice([CLOUD, CLOUD, API, NEO]), region=r.choice([None, 'r1']),
                       model=r.choice(['ora-a', 'ora-pics']), transfer_quantity=r.choice([None, number(r, 0, 90, 3)]),
                       storage_kind='hot', storage_quantity=r.choice([None, number(r, 0, 90, 3)]),
                       requests=r.choice([None, 7]), **self.counts(['output'], r.choice([0, 90000])))
        if row['provider'] != API:
            row.update(sku=r.choice([None, 'oc-8', 'neo-1']), instance_hours=number(r, 1, 9, 2))
        if r.random() < 0.5:
            row.update(meter=r.choice(['images', 'audio']), quantity=F(r.randint(1, 99)))
        if r.random() < 0.3:
            row['period_end'] = row['period_start'] + timedelta(hours=r.choice([0, 1, 8, 400]))

    def odd(self):
        """Names that nobody knows, rows that used nothing, and quantities that are unknown."""
        r = self.r
        self.add(*r.choice([('nobody-7',), (None,), (CLOUD,), (API,)]),
                 **r.choice([dict(sku='oc-8', instance_hours=F(3)), dict(output_tokens=5, model='ora-a'), {},
                             dict(transfer_quantity=F(7), payer='odd'), dict(instance_hours=F(0), sku='oc-8'),
                             dict(sku='oc-8', instance_hours=None), dict(model='ora-a', output_tokens=None),
                             dict(energy_kwh=F(4)), dict(requests=4), dict(transfer_quantity=F(0))]))
