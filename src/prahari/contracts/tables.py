"""Tables that the event log writes and desks read: the one piece of schema that both sides share.

Idempotent SQL: the writer applies it when it starts, and the registry's migration applies it too, so neither has to
wait for the other. Portable to PostgreSQL 15.
"""

from __future__ import annotations

EVENT_LOG_DDL = """
CREATE TABLE IF NOT EXISTS event (
    id           uuid        NOT NULL,
    time_ms      bigint      NOT NULL,
    day          date        NOT NULL,
    type         text        NOT NULL,
    subject      text        NOT NULL,
    source       text        NOT NULL,
    jurisdiction text        NOT NULL,
    agency       text        NOT NULL,
    data         jsonb       NOT NULL,
    stored_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE INDEX IF NOT EXISTS event_subject_time ON event (subject, time_ms DESC);
CREATE INDEX IF NOT EXISTS event_type_time ON event (type, time_ms DESC);

CREATE TABLE IF NOT EXISTS camera_status (
    camera_id      uuid   PRIMARY KEY,
    status         text   NOT NULL,
    reason         text   NOT NULL DEFAULT '',
    detail         text   NOT NULL DEFAULT '',
    since_ms       bigint NOT NULL,
    changed_ms     bigint NOT NULL,
    proved_at_ms   bigint,
    proof_until_ms bigint,
    recording      boolean NOT NULL DEFAULT false,
    watchers       integer NOT NULL DEFAULT 0,
    video          jsonb
);
ALTER TABLE camera_status ADD COLUMN IF NOT EXISTS keyframe_ms bigint;
ALTER TABLE camera_status ADD COLUMN IF NOT EXISTS keyframe_mac text NOT NULL DEFAULT '';

CREATE TABLE IF NOT EXISTS camera_episode (
    id           uuid   PRIMARY KEY,
    camera_id    uuid   NOT NULL,
    kind         text   NOT NULL,
    start_ms     bigint NOT NULL,
    end_ms       bigint,
    cause        text   NOT NULL DEFAULT '',
    value        double precision,
    limit_value  double precision,
    reference_ms bigint,
    UNIQUE (camera_id, kind, start_ms)
);
CREATE INDEX IF NOT EXISTS camera_episode_open ON camera_episode (kind) WHERE end_ms IS NULL;
CREATE INDEX IF NOT EXISTS camera_episode_start ON camera_episode (start_ms);

CREATE TABLE IF NOT EXISTS edge_link (
    site_id             uuid    PRIMARY KEY,
    state               text    NOT NULL,
    reason              text    NOT NULL DEFAULT '',
    version             text    NOT NULL DEFAULT '',
    since_ms            bigint  NOT NULL,
    changed_ms          bigint  NOT NULL,
    seen_ms             bigint  NOT NULL DEFAULT 0,
    clock_off_ms        bigint,
    certificate_until_s bigint  NOT NULL DEFAULT 0,
    round_trip_ms       integer,
    disk_free_bytes     bigint,
    events_waiting      integer NOT NULL DEFAULT 0,
    update_state        text    NOT NULL DEFAULT '',
    cameras             jsonb   NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS edge_traffic (
    site_id uuid   NOT NULL,
    hour_ms bigint NOT NULL,
    up      jsonb  NOT NULL,
    down    jsonb  NOT NULL,
    PRIMARY KEY (site_id, hour_ms)
);

CREATE TABLE IF NOT EXISTS alarm (
    id           uuid    PRIMARY KEY,
    revision     integer NOT NULL,
    rule_id      text    NOT NULL,
    rule_version integer NOT NULL,
    name_en      text    NOT NULL,
    name_hi      text    NOT NULL,
    severity     text    NOT NULL,
    type         text    NOT NULL,
    first_ms     bigint  NOT NULL,
    last_ms      bigint  NOT NULL,
    count        bigint  NOT NULL,
    group_by     text    NOT NULL,
    group_key    text    NOT NULL,
    jurisdiction text    NOT NULL,
    agency       text    NOT NULL,
    lat          double precision,
    lon          double precision,
    data         jsonb   NOT NULL
);
CREATE INDEX IF NOT EXISTS alarm_first ON alarm (first_ms DESC);
CREATE INDEX IF NOT EXISTS alarm_rule_first ON alarm (rule_id, first_ms DESC);

CREATE TABLE IF NOT EXISTS unit_position (
    unit_id     uuid   PRIMARY KEY,
    at_ms       bigint NOT NULL,
    lat         double precision NOT NULL,
    lon         double precision NOT NULL,
    accuracy_m  double precision,
    speed_kmh   double precision,
    heading_deg double precision,
    battery_pct double precision
);
CREATE TABLE IF NOT EXISTS unit_track (
    unit_id uuid   NOT NULL,
    at_ms   bigint NOT NULL,
    lat     double precision NOT NULL,
    lon     double precision NOT NULL,
    PRIMARY KEY (unit_id, at_ms)
);
"""
"""`day` is the event's UTC date: partitions are one a day, made by the writer ahead of need.
camera_status.keyframe_mac proves a picture of keyframe_ms (contracts.proofs).
camera_episode: one row an episode of ill health (camera.health); its id follows from camera, kind and start_ms.
alarm: what the alarm engine told last of each alarm (alarm.raised; data: contracts.alarms.AlarmData).
unit_position, unit_track: where units are and were (unit.position).
edge_link, edge_traffic: what the edge gate tells of sites (edge.site).
camera_status.changed_ms is the time of the newest event applied: an older one that comes late changes nothing."""

EVENT_LOG_LOCK = 0x70726168
"""Advisory lock held while the DDL above runs: two processes may start at once."""
