package dev.makespan.gateway.records;

/** Where records are kept: a folder, or another store. */
public record RecordStores(SegmentStore segments, ArtifactStore artifacts, Sweep sweep) {}
