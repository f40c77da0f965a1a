/**
 * One training example as it is made, filtered, stored and mixed: its parts, what it teaches and
 * where it came from; and the shards that examples are stored in.
 *
 * <p>A <em>shard</em>, version 1, is an Avro container file of {@code TrainingSample}, which any
 * Avro library reads, codec null. Three more entries stand in its header, so that a shard is
 * checked and read from any example on without a second file:
 *
 * <pre>
 *   moonflow.records  number of examples, decimal
 *   moonflow.blocks   records,bytes,crc32;...   per block: examples in it, its length in bytes
 *                     (count, size, data, sync marker), CRC-32 of those bytes in hexadecimal
 *   moonflow.header-crc32  CRC-32 of the schema's text, a line feed and moonflow.blocks
 * </pre>
 *
 * The sync marker is the beginning of the SHA-256 of the file's name: the same examples under the
 * same name are the same bytes. A folder of shards has a {@code manifest.json} ({@link
 * dev.moonflow.training.sample.Manifest}), written last: without it the folder is unfinished.
 */
package dev.moonflow.training.sample;
