/**
 * The compute layer: kernel families, chosen by device. Plain Java; may use Aparapi and slf4j, and
 * knows nothing of models, Kafka or Flink.
 */
package dev.moonflow.kernels;
