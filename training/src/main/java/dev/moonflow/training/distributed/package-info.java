/**
 * Data parallelism over Gloo process groups: rendezvous, collectives that count their bytes, ZeRO-1
 * sharding of optimizer state (SPEC section 12.1).
 */
package dev.moonflow.training.distributed;
