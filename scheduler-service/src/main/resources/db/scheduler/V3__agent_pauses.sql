-- Agents, and roles of agents, that operators let take no new work.
CREATE TABLE agent_pause (
  kind   text        NOT NULL,
  name   text        NOT NULL,
  reason text        NOT NULL,
  said_by text       NOT NULL,
  since  timestamptz NOT NULL,
  PRIMARY KEY (kind, name)
);
