/**
 * How good a checkpoint is: task definitions, loaders of public benchmarks, synthetic sets, the
 * runner on the product's own engine, and reports (SPEC section 13).
 *
 * <pre>
 *             report   needle   beside
 *                   \     |     /
 *                        run
 *                    /    |    \
 *              loader  synthetic  heldout
 *                    \    |    /
 *                       item
 *                      /    \
 *                  task    media
 *                    |
 *                 metric
 *                    |
 *                statistics
 * </pre>
 *
 * Held-out sets come from {@code training.data}. Sees the model through its engine alone; no tensor
 * of training comes here.
 */
package dev.moonflow.training.evaluation;
