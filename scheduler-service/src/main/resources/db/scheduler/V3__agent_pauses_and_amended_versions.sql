-- Agents, and roles of agents, that operators let take no new work.
CREATE TABLE agent_pause (
  kind   text        NOT NULL,
  name   text        NOT NULL,
  reason text        NOT NULL,
  said_by text       NOT NULL,
  since  timestamptz NOT NULL,
  PRIMARY KEY (kind, name)
);

-- The version of its plan that a run goes on with; null: plan_version, which it was started with.
ALTER TABLE run ADD COLUMN amended_version integer;
