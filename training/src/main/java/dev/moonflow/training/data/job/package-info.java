/**
 * Data construction as Flink batch jobs: examples from generators, shards, JSON lines or a topic;
 * filtered, augmented, balanced, shuffled; written as a folder of shards.
 *
 * <pre>
 *   origin ─ agreement, order of figures, augmentation ─┬───────────── removal ─ removal ─ by shard ─ write
 *                                                       └ fingerprints ─ by key ┘  quotas ┘
 * </pre>
 *
 * Nothing depends on parallelism or on the order in which examples arrive. An example's place is
 * the hash of its id and the seed ({@link dev.moonflow.training.data.filter.StableOrder}): the hash
 * says in which shard it is, and the shard is sorted by it. Steps that compare examples see all
 * that share a key and decide by that order. A shard appears whole or not at all, so a run that was
 * killed and is started again makes the shards that are missing, byte for byte as they would have
 * been.
 */
package dev.moonflow.training.data.job;
