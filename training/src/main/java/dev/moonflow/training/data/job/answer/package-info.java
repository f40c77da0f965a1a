/**
 * The job that samples answers to conversations and keeps good ones: shards in, shards out, in the
 * order of the input.
 *
 * <pre>
 *   numbers of missing shards ─ read their examples ─ several answers each ─ choose ─ write
 * </pre>
 *
 * An output shard holds what is kept of a fixed range of the input. Beside it stands {@code
 * outcomes/SHARD.jsonl}, a line for each example of the range, written before the shard: no example
 * is lost unnamed, and a run that is started again counts what earlier ones did. Both are functions
 * of the recipe, so they are made again byte for byte.
 */
package dev.moonflow.training.data.job.answer;
