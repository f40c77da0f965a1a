/**
 * Data parallelism over Gloo process groups: rendezvous, collectives that count their bytes, ZeRO-1
 * sharding of optimizer state (SPEC section 12.1).
 *
 * <p>One step of {@link dev.moonflow.training.distributed.ZeroOneOptimizer} on n ranks:
 *
 * <pre>
 *   gradients of all parameters, flat     [ 0 | 1 | .. | n-1 ]   on every rank, each from its own data
 *        reduce-scatter: sum / n
 *   mean gradient, one shard per rank     [ r ]
 *        momentum or moments of the shard
 *   updated gradient shard (Muon)         [ r ]
 *        gather of the matrices that lie across a boundary, bfloat16 or float32
 *   whole matrices                        Newton-Schulz by every owner of a part; it keeps its slice
 *        update of the parameter shard
 *   parameters, one shard per rank        [ r ]
 *        all-gather
 *   parameters                            [ 0 | 1 | .. | n-1 ]   the same bits on every rank
 * </pre>
 */
package dev.moonflow.training.distributed;
