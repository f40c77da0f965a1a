/**
 * Dense CPU math in 32-bit floats on the Vector API: products, norms, activations, softmax, rotary
 * pairs, attention. Plain Java and {@code jdk.incubator.vector}; may use nothing else of this
 * project.
 *
 * <p>Three rules make every result a function of its inputs alone, bit for bit:
 *
 * <ul>
 *   <li>A vector lane is one output element (or one part of a sum whose parts are fixed), so the
 *       machine's vector width and the tile that computes an element do not change its order of
 *       additions. Weights, keys and values are laid out in panels of 16 outputs for that.
 *   <li>Long sums are cut into blocks at fixed places, and block sums are added in order.
 *   <li>exp, sigmoid, tanh and erf are written once, in {@link
 *       dev.moonflow.kernels.math.Transcendentals}, of operations that every machine rounds alike.
 * </ul>
 *
 * <p>Threads of {@link dev.moonflow.kernels.math.WorkerPool} write disjoint results, so their
 * number and timing do not matter either. Every vector kernel has a plain scalar twin in the tests
 * that it must equal in bits. Machines without fused multiply-add give the same bits very slowly.
 */
package dev.moonflow.kernels.math;
