/**
 * How events come in and results go out: Kafka and the schema registry, payloads behind claim
 * checks, image, document and video readers, dead letters, and the servers of the demo and the
 * tests.
 *
 * <p>One package per idea. May use {@code dev.moonflow.schemas}, Flink, Kafka and the media
 * libraries; knows nothing of the model or of its kernels.
 */
package dev.moonflow.connectors;
