-- A deleted version keeps its row, so that its number is never given twice; its file is gone.
ALTER TABLE plan_version ADD COLUMN delete_time timestamptz;

-- Which version a request to start the newest one was given: the same request means the same version.
CREATE TABLE run_request (
  request_id   text        PRIMARY KEY,
  plan_name    text        NOT NULL,
  plan_version integer     NOT NULL,
  create_time  timestamptz NOT NULL
);
CREATE INDEX run_request_by_time ON run_request (create_time);
