/**
 * Dense products over weights of a stored format: BF16, INT8 and INT4, in a layout that kernels
 * read where it lies in a memory map. May use kernels.math, slf4j and JNA.
 *
 * <p>{@link dev.moonflow.kernels.dense.PackedMatrix} cuts a product into tasks; a {@link
 * dev.moonflow.kernels.dense.DenseProvider} computes one: the portable one on the Vector API, the
 * native one through oneDNN.
 *
 * <h2>What is computed</h2>
 *
 * For INT8 and INT4, each row of activations is quantised to integers q from -127 to 127 and a
 * scale s = max|x| / 127, and a weight is an integer w times the scale t of its output. Then
 *
 * <pre>
 *   y[o] = float(sum over i of q[i] w[o][i]) * (s * t[o]) + bias[o]
 * </pre>
 *
 * and the sum is an exact 32-bit integer. So a result has the same bits in every provider, for any
 * number of rows, tiles and threads. INT4 keeps this by its scales: an integer w is a multiplier m
 * from 1 to 16 of its group of 32 inputs times a digit d from -8 to 7, so w = m d is a byte.
 *
 * <p>For BF16, weights are widened exactly; the portable provider multiplies them with activations
 * in 32 bits, in the order of kernels.math, and the native one with activations rounded to BF16.
 *
 * <h2>Layout of a matrix W[out, in]</h2>
 *
 * Little-endian. Outputs are padded to a multiple of 64 and inputs to a multiple of 64 (BF16: 32),
 * with zeros. A matrix begins at a multiple of 64 bytes.
 *
 * <pre>
 * BF16   for each block of 64 outputs, for each pair of inputs:
 *          64 x (w[o][i], w[o][i+1])                               256 bytes; oneDNN's BA16a64b2a
 *
 * INT8   for each block of 64 outputs, for each four inputs:
 *          64 x (w[o][i], .. w[o][i+3])                            256 bytes; oneDNN's BA16a64b4a
 *        then t[o] as floats, then the sums of w[o] as ints        8 bytes for each output
 *
 * INT4   for each panel of 16 outputs, for each 256 inputs (the last time: those that are left):
 *          16 x int: m - 1 of 8 groups, group g in bits 4g..4g+3   64 bytes
 *          for each 8 inputs:
 *            16 x 4 bytes: byte j holds d[i+j] + 8 in its lower    64 bytes
 *            and d[i+4+j] + 8 in its upper half
 *        then t[o] and the sums of w[o], as for INT8
 * </pre>
 */
package dev.moonflow.kernels.dense;
