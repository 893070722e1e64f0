"""A random catalog and a month of random usage, as plain dictionaries, and the SQL that loads them.

Fractions are exact, and times are datetimes in UTC. Nothing here knows a cost: usage_model.py does."""
from datetime import datetime, timedelta
from fractions import Fraction as F

FIRST, MONTHS = datetime(2025, 2, 1), ['2025-02-01', '2025-03-01', '2025-04-01', '2025-05-01']
PAYERS, TEAMS = ['pa', 'pb', None], ['t1', 't2', 't3', None]
CLOUD, NEO, API, HOUSE = 'Ora Cloud', 'Ora Neo', 'Ora API', 'Ora House'
KINDS = {CLOUD: 'hyperscaler', NEO: 'neocloud', API: 'api', HOUSE: 'own'}
ALIAS = {'oc inc.': CLOUD, 'ORA-NEO': NEO, 'ora api': API, 'house-alias': HOUSE}   # also by case and punctuation
COUNTS = ['uncached_input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output']
PRICES = ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output']


def number(r, low, high, decimals):
    """A random number with at most so many decimals."""
    return F(r.randint(int(low * 10 ** decimals), int(high * 10 ** decimals)), 10 ** decimals)


def moment(r, minutes=60):
    return FIRST + timedelta(minutes=minutes * r.randint(0, 88 * 24 * 60 // minutes))


def spans(r, changes, start=datetime(2025, 1, 1)):
    """Ranges of time that follow each other: so many changes within the months."""
    hours = [FIRST + timedelta(hours=h) for h in range(1, 88 * 24)]
    at = [start] + sorted(r.sample([h for h in hours if h > start], changes)) + [None]
    return list(zip(at, at[1:]))


def tariff(r, decimals=4, flats=True, modes=('graduated', 'graduated', 'volume', 'package'), closed=False):
    """mode, block, tiers of (upto, price, flat); the last upto is None if it is open."""
    mode = r.choice(modes)
    if mode == 'package':
        return dict(mode=mode, block=number(r, 1, 900, 1), allowance=F(0),
                    tiers=[(None, number(r, 0.001, 9, decimals), F(0))])
    bounds = sorted(r.sample(range(1, 4000), r.randint(0, 3)))
    tiers = [(F(b), number(r, 0, 3, decimals), number(r, 0, 40, 2) if flats and r.random() < 0.3 else F(0))
             for b in bounds]
    tiers.append((F(r.randint(4000, 9000)) if closed else None, number(r, 0.001, 2, decimals), F(0)))
    return dict(mode=mode, block=None, tiers=tiers,
                allowance=F(r.randint(1, 60)) if r.random() < 0.15 and flats else F(0))


class Catalog:
    """Rows of the catalog's tables, as lists of dictionaries."""

    def __init__(self, r):
        self.r = r
        self.offers, self.prices, self.tariffs, self.tokens = [], [], [], []
        self.electricity, self.fx, self.discounts = [], [], []
        self.models = ['ora-a', 'ora-b', 'ora-long', 'ora-late', 'ora-window', 'ora-tier', 'ora-contract', 'ora-part',
                       'ora-pics', 'ora-ears', 'ora-rank', 'ora-self']
        self.rent()
        self.meters()
        self.api()
        for site in ['ORA-1', 'ORA-2', 'ORA-3']:
            for sector in r.sample(['industrial', 'commercial', 'business', 'non_household', 'household'], 2):
                origin = r.choice(['official', 'third_party'])
                for low, high in spans(r, r.randint(0, 2)):
                    self.electricity.append(dict(location=site, sector=sector, price=number(r, 0.01, 0.4, 5),
                                                 currency=r.choice(['USD', 'EUR']), low=low, high=high, origin=origin))
        exact = [F(5, 4), F(4, 5), F(8, 5), F(32, 25), F(125, 128), F(5, 8)]
        for one, other, rates in [('EUR', 'USD', exact), ('GBP', 'USD', None), ('GBP', 'EUR', None),
                                  ('USD', 'JPY', [F(125), F(160), F(128)]), ('EUR', 'JPY', [F(200), F(160), F(150)])]:
            edges = [datetime(2025, 1, 15)] + [datetime(2025, m, r.randint(2, 27)) for m in (2, 3, 4, 5)] + [None]
            for low, high in zip(edges, edges[1:]):
                self.fx.append(dict(one=one, other=other, low=low, high=high,
                                    rate=r.choice(rates) if rates else number(r, 0.5, 2, 4)))
        for provider, kind, item in [(CLOUD, 'hours', 'oc-talk'), (API, 'tokens', 'ora-contract'),
                                     (CLOUD, 'tariff', 'storage'), (NEO, 'hours', 'neo-1'), (NEO, 'hours', 'neo-4')]:
            self.discounts.append(dict(provider=provider, account='pb', applies_to=kind, item=item,
                                       percent=number(r, 1, 40, 1)))

    # ---- machines ----
    def offer(self, provider, sku, changes=2, basis='per_instance', gpus=8, currency='USD', region='*', start=None,
              **o):
        r = self.r
        self.offers.append(dict(provider=provider, sku=sku, region=region, basis=basis, gpus=gpus,
                                option=o.get('option', 'on_demand'), term=o.get('term', 0),
                                accelerator=o.get('accelerator'), increment=o.get('increment'),
                                minimum=o.get('minimum'), upfront=o.get('upfront')))
        for low, high in spans(r, changes, start or datetime(2025, 1, 1)):
            self.prices.append(dict(provider=provider, sku=sku, region=region, option=o.get('option', 'on_demand'),
                                    term=o.get('term', 0), account=None, amount=number(r, 1, 90, r.choice([2, 4, 6])),
                                    currency=currency, low=low, high=high, origin=o.get('origin', 'user'),
                                    price_range=o.get('price_range')))

    def rent(self):
        r = self.r
        self.offer(CLOUD, 'oc-8', 2, accelerator='H100 SXM5 80GB')
        self.offer(CLOUD, 'oc-gpu', 1, 'per_gpu', r.choice([4, None]), 'EUR')
        self.offer(CLOUD, 'oc-region', 1, region='r1', currency='GBP')
        self.offer(CLOUD, 'oc-region', 1, region='*')
        self.offer(CLOUD, 'oc-year', 1, currency='JPY', option='reserved', term=12)
        self.offer(CLOUD, 'oc-unsaid', 0, 'unknown', None)
        self.offer(CLOUD, 'oc-range', 0, price_range=True)
        self.offer(CLOUD, 'oc-front', 0, upfront=F(100))
        self.offer(CLOUD, 'oc-late', 1, start=datetime(2025, 3, r.randint(3, 28), 7))
        self.offer(CLOUD, 'oc-chf', 1, currency='CHF')
        self.offer(CLOUD, 'oc-talk', 1, 'per_chip', 4)
        for low, high in spans(r, 1):
            self.prices.append(dict(self.prices[-1], account='pa', origin='negotiated', low=low, high=high,
                                    amount=number(r, 1, 20, 3)))
        self.offer(CLOUD, 'oc-session', 1, increment=F(r.choice([1, 60, 3600])), minimum=F(r.choice([0, 60, 600])))
        self.offer(CLOUD, 'oc-nosession', 0)
        self.offer(NEO, 'neo-1', 2, 'per_gpu', 1, 'EUR', accelerator='H200 141GB')
        self.offer(NEO, 'neo-8', 0, 'per_gpu', 8, 'EUR', accelerator='L4 24GB')
        self.prices.append(dict(self.prices[-1], sku='neo-4'))              # the same price for the accelerator
        self.offers.append(dict(self.offers[-1], sku='neo-4', gpus=4))
        self.offer(NEO, 'neo-a', 1, 'per_gpu', 1, accelerator='A100 SXM4 80GB')
        self.offer(NEO, 'neo-b', 1, 'per_gpu', 1, accelerator='A100 SXM4 80GB')
        self.offer(NEO, 'neo-both', 0, currency='EUR')                      # an official price of another currency
        self.prices.append(dict(self.prices[-1], origin='official', currency='USD'))
        self.offer(HOUSE, 'house-8', 0, currency='EUR')

    # ---- meters ----
    def rate(self, provider, meter, unit, changes=0, **t):
        r, made = self.r, []
        shape = {k: t.pop(k) for k in ('flats', 'modes', 'decimals', 'closed') if k in t}
        for low, high in spans(r, changes):
            row = dict(provider=provider, meter=meter, unit=unit, kind='*', service='*', region='*', account=None,
                       free=F(0), in_tiers=True, per='month', pool=None, currency='USD', unit_bytes=None)
            row.update(t, low=low, high=high, tariff=tariff(r, **shape))
            if row['free'] and row['in_tiers']:
                row['tariff'] = tariff(r, flats=False, modes=['graduated'])
            self.tariffs.append(row)
            made.append(row)
        return made

    def meters(self):
        r = self.r
        self.rate(CLOUD, 'egress', 'GB', 1, kind='internet', unit_bytes=F(2 ** 30), free=F(r.choice([0, 100])))
        self.rate(CLOUD, 'egress', 'GiB', kind='cdn', unit_bytes=F(2 ** 30), currency='EUR')
        self.rate(CLOUD, 'egress', 'GB', kind='cdn', service='lines', currency='GBP')
        self.rate(CLOUD, 'egress', 'GB', kind='inter_az', unit_bytes=F(10 ** 9), closed=True)
        for region in ['r1', 'r2']:
            self.rate(CLOUD, 'egress', 'GB', kind='inter_region', region=region, unit_bytes=F(10 ** 9),
                      free=F(128), pool='shared', in_tiers=r.random() < 0.5, flats=False)
        changed = self.rate(NEO, 'egress', 'GB', 1, kind='internet', flats=False)
        changed[1].update(r.choice([dict(currency='EUR'), dict(unit='TB'), dict(free=F(7), in_tiers=False)]))
        self.rate(CLOUD, 'storage', 'GB-month', 1, kind='hot', unit_bytes=F(2 ** 30))
        self.rate(CLOUD, 'storage', 'GiB-month', kind='cold', unit_bytes=F(2 ** 30), currency='EUR',
                  free=F(r.choice([0, 10])), in_tiers=False)
        self.rate(API, 'images', 'image', 1, service='ora-pics', decimals=6)
        self.rate(API, 'images', 'image', currency='EUR')
        self.rate(API, 'images', 'image', service='ora-ears', kind='hd', currency='GBP')
        self.rate(API, 'audio', 'minute', 1, currency='JPY', free=F(r.choice([0, 50])), in_tiers=False, flats=True)
        self.rate(API, 'searches', 'search', free=F(40), per='day', in_tiers=False)
        self.rate(API, 'pages', 'page', free=F(25), per='day', in_tiers=True)
        self.rate(API, 'calls', 'call', region='r1')
        self.rate(API, 'requests', 'request', service='ora-rank')
        self.rate(API, 'data', 'GiB', unit_bytes=F(2 ** 30))

    # ---- tokens ----
    def price(self, model, changes=2, missing=(), **p):
        r = self.r
        for low, high in spans(r, changes, p.pop('start', datetime(2025, 1, 1))):
            row = dict(provider=API, model=model, account=None, tier='standard', geo='global', threshold=None,
                       strict=True, weekdays=None, opens=None, closes=None, currency='USD', origin='user')
            row.update(p, low=low, high=high)
            row['prices'] = {k: None if k in missing else number(r, 0.01, 30, r.choice([2, 4])) for k in PRICES}
            row['long'] = {k: None if k in missing or not row['threshold'] else number(r, 1, 60, 3) for k in PRICES}
            self.tokens.append(row)

    def api(self):
        r = self.r
        self.price('ora-a')
        self.price('ora-a', tier='batch', currency='EUR')
        self.price('ora-b', currency='GBP')
        self.price('ora-long', 1, threshold=r.choice([1000, 200000]), strict=r.random() < 0.5)
        self.price('ora-late', 1, start=datetime(2025, 3, r.randint(3, 28), 5))
        self.price('ora-part', 1, missing=r.sample(PRICES, 2))
        self.price('ora-rank', 1)
        self.price('ora-pics', 0)
        self.price('ora-tier', 0, tier='priority')
        self.price('ora-tier', 1, geo='eu', currency='EUR')
        self.price('ora-contract', 1)
        self.price('ora-contract', 1, account='pa', origin='negotiated')
        self.price('ora-window', 1)
        opens, closes = r.choice([(7, 17), (22, 6), (None, None)])
        self.price('ora-window', 1, weekdays=sorted(r.sample(range(1, 8), 3)), opens=opens, closes=closes)
