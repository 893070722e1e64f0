// Sums by month, provider and model in DuckDB.
//
//   node duckdb.js load FILE CSV    loads usage rows into a new database file; prints the version and the exact total
//   node duckdb.js time FILE ROUND  prints rows of bench.timing for sums of DOUBLE and DECIMAL(38,18), 1 and 2 threads
const { DuckDBInstance, version } = require('@duckdb/node-api');

const sums = ['cost_double', 'cost'].map((cost) =>
    `SELECT date_trunc('month', used_at), provider, model, sum(${cost}) FROM usage GROUP BY ALL`);

async function load(connection, csv) {
    const columns = "{used_at: 'TIMESTAMP', provider: 'VARCHAR', model: 'VARCHAR', cost: 'DECIMAL(38,18)'}";
    await connection.run(`CREATE TABLE usage AS SELECT *, cost::DOUBLE AS cost_double
                          FROM read_csv('${csv}', header = false, columns = ${columns})`);
    const total = await connection.runAndReadAll('SELECT sum(cost)::VARCHAR FROM usage');
    console.log(version(), total.getRows()[0][0]);
}

async function time(connection, round) {
    for (const threads of [1, 2]) {
        await connection.run(`SET threads = ${threads}`);
        for (const [place, sum] of sums.entries()) {
            await connection.runAndReadAll(sum); // warms the caches
            const started = process.hrtime.bigint();
            await connection.runAndReadAll(sum);
            const ms = Number(process.hrtime.bigint() - started) / 1e6;
            console.log(['duckdb', round, threads - 1, place + 1, ms].join(','));
        }
    }
}

(async ([action, file, argument]) => {
    const connection = await (await DuckDBInstance.create(file)).connect();
    await (action === 'load' ? load : time)(connection, argument);
    connection.closeSync();
})(process.argv.slice(2));
