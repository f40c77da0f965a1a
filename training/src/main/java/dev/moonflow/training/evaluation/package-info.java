/**
 * How good a checkpoint is: task definitions, loaders of public benchmarks, synthetic sets, the
 * runner on the product's own engine, and reports (SPEC section 13).
 *
 * <pre>
 *                 report   needle
 *                     \     /
 *                       run
 *                      /   \
 *               loader      synthetic
 *                      \   /
 *                       item
 *                      /    \
 *                  task    media
 *                    |
 *                 metric
 *                    |
 *                statistics
 * </pre>
 *
 * Sees the model through its engine alone; no tensor of training comes here.
 */
package dev.moonflow.training.evaluation;
