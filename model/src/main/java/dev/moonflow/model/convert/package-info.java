/**
 * Makes weights files: from a checkpoint folder, or from any source of tensors. May use
 * model.checkpoint and kernels.
 *
 * <p>A matrix is packed 64 rows at a time and written to its place, so that memory does not grow
 * with the model. Tensors that are done are noted in {@code weights.moonflow.progress}; a
 * conversion that was cut off checks them and goes on. The file gets its name when it is whole.
 */
package dev.moonflow.model.convert;
