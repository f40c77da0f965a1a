/**
 * Settings: every {@code moonflow.} option with its type, default, range and meaning; one YAML file
 * overridden by {@code key=value} pairs; one clear sentence for whatever cannot work.
 *
 * <p>May use Flink's configuration classes, Jackson and the device choice of kernels. Everything
 * else in flink-jobs may use this package.
 */
package dev.moonflow.jobs.settings;
