#!/usr/bin/env python3
"""Compares accelcost.usage_cost and accelcost.usage_monthly with a model of docs/usage.md, over random usage.

    test/oracle/usage.py DATABASE SEED [ROWS]

The database has the extension and no rows of its own. Prints a line for each difference, and fails if there is one.
ROWS is 500 by default. The SQL that loads a seed is printed by --sql instead of DATABASE."""
import csv
import io
import random
import subprocess
import sys
from datetime import datetime, timedelta
from fractions import Fraction as F

from catalog import Catalog
from exact import rounded, scale
from load import decimal, script
from model import UNKNOWN, Model, next_month, valid
from rows import Rows

COMPONENTS = dict(compute=('hours', 'tokens', 'meter', 'requests'), energy=('energy',), egress=('egress',),
                  storage=('storage',))


def psql(database, sql):
    done = subprocess.run(['psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-d', database, '-f', '-'], input=sql,
                          capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit('psql failed: ' + done.stderr[:2000])
    return list(csv.DictReader(io.StringIO(done.stdout)))


def read(text):
    return None if text == '' else F(text)


class Report:
    """What the functions return for one currency, by the model."""

    def __init__(self, model, currency):
        self.model, self.currency, self.costs = model, currency, {}
        self.lines = {}
        for key, record in model.records.items():
            self.costs[key] = self.cost(record)
            self.lines.setdefault(record['line'], []).append(key)
        for key, machines in model.logs():
            if not machines or any(self.costs[m][0]['hours'] is None for m in machines):
                self.costs[key][0]['hours'] = None
        for bill in model.bills:
            self.share(*bill)

    def rate(self, currency, month):
        """The rate of the last day of the month, and whether it is exact in decimals."""
        if currency == self.currency:
            return F(1), True
        at = next_month(datetime.fromisoformat(month)) - timedelta(days=1)
        for rate, one, other in [(x['rate'], x['one'], x['other']) for x in self.model.c.fx if valid(x, at)]:
            if (one, other) == (currency, self.currency):
                return rate, True
            if (other, one) == (currency, self.currency):
                return 1 / rate, scale(1 / rate) is not None
        return None, True

    def cost(self, record):
        """By part: None if unknown; and by how much an inverted rate may change it."""
        parts, slack = {}, F(0)
        for part, amounts in record['parts'].items():
            parts[part] = F(0)
            for amount, currency in amounts:
                rate, plain = (F(1), True) if amount == UNKNOWN else self.rate(currency, record['line'][0])
                slack += 0 if plain else abs(amount * rate) / 10 ** 16
                if amount != UNKNOWN and scale(amount) is None:
                    slack += F(1, 10 ** 18)         # hours spread over thirds
                if amount == UNKNOWN or (rate is None and amount):
                    parts[part] = None
                elif parts[part] is not None and amount:
                    parts[part] += amount * rate
        return parts, slack

    def share(self, uses, total, currency):
        month = uses[0]['record']['line'][0]
        rate, plain = (None, True) if total is None else self.rate(currency, month)
        if total is not None and not total:
            rate = F(1)
        if rate is None:
            shares, slack = [(c, None) for c in uses], F(0)
        else:
            shares, slack = self.model.split(uses, total * rate)
            slack += 0 if plain else abs(total * rate) / 10 ** 16
        for c, share in shares:
            key = c['record']['row']['record_id'], month
            parts, room = self.costs[key]
            known = share is not None and parts[c['part']] is not None
            parts[c['part']] = parts[c['part']] + share if known else None
            self.costs[key] = parts, room + slack

    def sums(self, keys):
        """Components of some records: 0 if not used, None if nothing used of it is known."""
        result = {}
        for name, own in COMPONENTS.items():
            used = [self.costs[k][0][p] for k in keys for p in own if p in self.costs[k][0]]
            known = [u for u in used if u is not None]
            result[name] = None if used and not known else sum(known, F(0))
        used = [v for k in keys for v in self.costs[k][0].values()]
        result['total'] = None if used and all(v is None for v in used) else sum(
            result[n] or F(0) for n in COMPONENTS)
        return result

    def complete(self, key):
        return None not in self.costs[key][0].values()


def compare(model, database, currency):
    report, faults = Report(model, currency), []

    def differ(what, column, have, want):
        faults.append('%s %s %s: have %s, want %s' % (currency, what, column, show(have), show(want)))

    def show(value):
        return 'NULL' if value is None else str(value) if scale(F(value) if isinstance(value, F) else F(1, 3)) is None \
            else decimal(value)

    def near(have, want, slack):
        if have is None or want is None:
            return have is want
        return abs(have - want) <= slack

    records = {(r['record_id'], r['month']): r for r in psql(database, f"""
        COPY (SELECT record_id, month, component(cost, 'compute') AS compute,
                     component(cost, 'energy') AS energy, component(cost, 'egress') AS egress,
                     component(cost, 'storage') AS storage, total(cost) AS total,
                     is_complete, tokens, instance_hours, is_estimate, provider, model, reason
              FROM accelcost.usage_cost(currency => '{currency}')) TO STDOUT (FORMAT csv, HEADER)""")}
    lines = {(r['month'],) + tuple(r[c] or None for c in ('provider', 'payer', 'workload', 'model', 'team')): r
             for r in psql(database, f"""
        COPY (SELECT * FROM accelcost.usage_monthly(currency => '{currency}')) TO STDOUT (FORMAT csv, HEADER)""")}
    for key in sorted(set(records) ^ set(report.costs)):
        differ(key, 'row', key in records, key in report.costs)
    for key in sorted(set(records) & set(report.costs)):
        have, record, sums = records[key], model.records[key], report.sums([key])
        what = '%s %s (%s)' % (*key, have['reason'])
        slack = report.costs[key][1]
        for name, want in sums.items():
            want = F(0) if want is None and sums['total'] is not None else want if sums['total'] is not None else None
            want = want if want is None else rounded(want, 18)
            if name == 'total' and want is not None:
                want = sum(rounded(sums[n] or F(0), 18) for n in COMPONENTS)
            if not near(read(have[name]), want, slack):
                differ(what, name, read(have[name]), want)
        for name, got, want in [('is_complete', have['is_complete'], 'ft'[report.complete(key)]),
                                ('is_estimate', have['is_estimate'], 'ft'[record['estimate']]),
                                ('provider', have['provider'], record['line'][1] or ''),
                                ('model', have['model'], record['line'][4] or '')]:
            if got != want:
                differ(what, name, got, want)
        if not near(read(have['tokens']) or F(0), record['tokens'], 0):
            differ(what, 'tokens', read(have['tokens']), record['tokens'])
        if not near(read(have['instance_hours']) or F(0), record['hours'],
                    0 if scale(record['hours']) is not None else F(1, 10 ** 15)):
            differ(what, 'instance_hours', read(have['instance_hours']), record['hours'])
    for key in sorted(set(lines) ^ set(report.lines), key=str):
        differ(key, 'line', key in lines, key in report.lines)
    for key in sorted(set(lines) & set(report.lines), key=str):
        compare_line(report, lines[key], key, records, differ, near)
    return faults


def compare_line(report, have, key, records, differ, near):
    keys = report.lines[key]
    rows = [report.model.records[k] for k in keys]
    whole = [(k, r) for k, r in zip(keys, rows) if report.complete(k)]
    want = report.sums(keys)
    slack = sum((report.costs[k][1] for k in keys), F(0))
    want = {n: None if v is None else rounded(v, 18) for n, v in want.items()}
    if want['total'] is not None:
        want['total'] = sum(want[n] or F(0) for n in COMPONENTS)
    want['priced_cost'] = rounded(sum((report.costs[k][0].get(p) or F(0) for k, _ in whole
                                       for p in ('hours', 'tokens', 'energy')), F(0)), 18)
    priced = sum((r['tokens'] for _, r in whole), F(0))
    if priced == 0:                     # machines without tokens have no cost per million
        want['priced_cost'] = priced = F(0)
    want['priced_tokens'] = priced
    want['tokens'] = sum(r['tokens'] for r in rows)
    want['instance_hours'] = sum(r['hours'] for r in rows)
    want['unpriced_rows'] = F(len(rows) - len(whole))
    want['usage_rows'] = F(len(rows))
    want['estimated_rows'] = F(sum(r['estimate'] for r in rows))
    for name, value in want.items():
        got = read(have[name])
        if name in ('priced_cost', 'tokens', 'priced_tokens', 'instance_hours'):
            got = got or F(0)
        room = slack if name in COMPONENTS or name in ('total', 'priced_cost') else F(0)
        if name == 'instance_hours' and scale(value) is None:
            room = F(1, 10 ** 15)
        if not near(got, value, room):
            differ(key, name, got, value)
    if priced > 0:
        per_million = want['priced_cost'] * 10 ** 6 / priced
        if not near(read(have['cost_per_million']), per_million, abs(per_million) / 10 ** 12 + F(1, 10 ** 9)):
            differ(key, 'cost_per_million', read(have['cost_per_million']), per_million)
    elif have['cost_per_million']:
        differ(key, 'cost_per_million', read(have['cost_per_million']), None)
    if have['is_complete'] != 'ft'[len(whole) == len(rows)]:
        differ(key, 'is_complete', have['is_complete'], len(whole) == len(rows))
    # What the records cost is what the line costs, to the last digit unless a rate or spread hours are rounded.
    parts = [read(records[k]['total']) for k in keys if k in records]
    gap = abs(sum((p for p in parts if p is not None), F(0)) - (read(have['total']) or F(0)))
    if gap and (not slack or gap >= F(len(parts), 10 ** 17)):
        differ(key, 'sum of records is off by', gap, F(0))


def main():
    database, seed = sys.argv[1], int(sys.argv[2])
    r = random.Random(seed)
    catalog = Catalog(r)
    rows = Rows(r, catalog, int(sys.argv[3]) if len(sys.argv) > 3 else 500).rows
    if database == '--sql':
        print(script(catalog, rows))
        return
    model = Model(catalog, rows)
    psql(database, script(catalog, rows))
    faults = [f for currency in ('USD', 'EUR') for f in compare(model, database, currency)]
    for fault in faults:
        print('seed %d: %s' % (seed, fault))
    print('seed %d: %d rows, %d records by month, %d differences' % (seed, len(rows), len(model.records), len(faults)))
    sys.exit(bool(faults))


if __name__ == '__main__':
    main()
