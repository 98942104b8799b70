// Adds jobs that do nothing to an empty database, and says how long it takes to work them off.
import { run, runMigrations, Logger } from "graphile-worker";
import pg from "pg";

const jobs = Number(process.argv[2]);
const logger = new Logger(() => () => {});
const connectionString = process.env.DATABASE_URL;
await runMigrations({ connectionString, logger });
const pool = new pg.Pool({ connectionString, max: 25 });
await pool.query(
  `select graphile_worker.add_jobs(array(
     select row('noop', '{}'::json, null, null, 25, null, null, null)::graphile_worker.job_spec
       from generate_series(1, $1)))`,
  [jobs],
);
await pool.query("analyze graphile_worker._private_jobs");

let left = jobs;
let finished;
const done = new Promise((resolve) => (finished = resolve));
const began = process.hrtime.bigint();
const runner = await run({
  preset: {
    worker: {
      pgPool: pool,
      concurrentJobs: 20,
      pollInterval: 100,
      localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
      logger,
    },
  },
  pgPool: pool,
  logger,
  noHandleSignals: true,
  taskList: {
    noop: () => {
      if (--left === 0) finished();
    },
  },
});
await done;
// The last job is done when its row is gone.
while (Number((await pool.query("select count(*) from graphile_worker._private_jobs")).rows[0].count) > 0) {
  await new Promise((resolve) => setTimeout(resolve, 5));
}
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
console.log(JSON.stringify({ jobs, seconds }));
await runner.stop();
await pool.end();
