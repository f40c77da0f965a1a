/**
 * The bytes of an event's payload: inline, or kept outside Kafka and referred to by a claim check
 * (URI, size, SHA-256), which is read through Flink's file systems.
 *
 * <p>A claim check is written by whoever may write to the input topic, and read with the job's
 * rights. So nothing is read that a setting does not allow: see {@link
 * dev.moonflow.connectors.claimcheck.ClaimCheckPolicy}.
 */
package dev.moonflow.connectors.claimcheck;
