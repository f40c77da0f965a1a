/**
 * One training example as it is made, filtered, stored and mixed: its parts, what it teaches and
 * where it came from. Shards of examples are Avro container files.
 */
package dev.moonflow.training.sample;
