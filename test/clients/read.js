// Reads the views and a tco with node's pg, and prints what it got.
const { Client } = require('pg');

(async () => {
    const db = new Client({ host: process.env.PGHOST, port: process.env.PGPORT });
    await db.connect();
    const lines = await db.query(
        `SELECT month::text, provider, total, tokens, is_complete FROM accelcost.inference_monthly ORDER BY provider`);
    for (const l of lines.rows)
        console.log(l.month, l.provider, typeof l.total, l.total, l.tokens, l.is_complete);
    const { rows: [{ cost }] } = await db.query('SELECT cost FROM bill');
    console.log(typeof cost, cost);
    const above = await db.query('SELECT count(*) FROM bill WHERE cost > $1', ['6 USD']);
    console.log('above 6 USD:', above.rows[0].count);
    await db.end();
})();
