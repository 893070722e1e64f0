"""Reads the views and a tco with a Python driver, and prints what it got.

    read.py psycopg2|psycopg|pyodbc
"""
import os
import sys

name = sys.argv[1]
driver = __import__(name)
if name == 'pyodbc':
    db = driver.connect('DRIVER={PostgreSQL Unicode};SERVER=%s;PORT=%s;DATABASE=%s;UID=%s;' % (
        os.environ['PGHOST'], os.environ['PGPORT'], os.environ['PGDATABASE'], os.environ['PGUSER']))
    mark = '?'
else:
    db = driver.connect('')
    mark = '%s'
cursor = db.cursor()

cursor.execute('SELECT month, provider, total, tokens, is_complete FROM accelcost.inference_monthly ORDER BY provider')
for month, provider, total, tokens, complete in cursor.fetchall():
    print(month, provider, type(total).__name__, total, tokens, str(complete) in ('True', '1'))

cursor.execute('SELECT cost FROM bill')
(cost,) = cursor.fetchone()
print(type(cost).__name__, cost)

cursor.execute('SELECT count(*) FROM bill WHERE cost > CAST(%s AS tco)' % mark, ('6 USD',))
print('above 6 USD:', cursor.fetchone()[0])
if name != 'pyodbc':
    same = '7.000000000000000001 USD compute=7.000000000000000001'
    cursor.execute('SELECT count(*) FROM bill WHERE cost = %s', (same,))
    print('equal:', cursor.fetchone()[0])
