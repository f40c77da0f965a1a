package dev.moonflow.jobs.seen;

import dev.moonflow.jobs.ingest.PerceptionRequest;

/** A question that waits for what it refers to, or behind one that does. */
record WaitingQuestion(long expiryMillis, PerceptionRequest request) {}
