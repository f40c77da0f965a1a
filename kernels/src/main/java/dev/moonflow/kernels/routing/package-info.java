/**
 * MoE routing: scores, group limit, top-k, weights, and the stable permutation of tokens to
 * experts; an Aparapi kernel and its CPU twin, equal bit for bit. May use the device and math
 * packages.
 */
package dev.moonflow.kernels.routing;
