/**
 * Dense CPU math in 32-bit floats on the Vector API, each with a plain reference twin: products,
 * norms, activations, softmax, attention. One fixed reduction order per output element; one
 * implementation of exp, tanh and erf.
 */
package dev.moonflow.kernels.math;
