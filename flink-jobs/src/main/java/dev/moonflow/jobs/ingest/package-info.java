/**
 * Ingest: Kafka records to perception requests. Decodes the event, fetches its payload, checks
 * every limit before anything is decoded, splits documents into pages, and decides prompt, sampling
 * and seed. What fails becomes a dead letter that names its stage; nothing in a topic stops the
 * job.
 *
 * <p>Binary form of a {@link dev.moonflow.jobs.ingest.PerceptionRequest} between operators and in
 * state, version 2, everything big-endian. A string is an int count of UTF-8 bytes and the bytes.
 *
 * <pre>
 *   byte     version = 2
 *   subject  byte kind | string key | string event id | long event time, ms
 *            | long frame index or -1 | int page or -1 | int page count or -1
 *            | int n | n x (string name, string value), names ascending
 *   source   RawRecord, as dev.moonflow.connectors.kafka specifies it
 *   int      messages
 *     string role | int parts
 *       byte form = 1 | string text
 *       byte form = 2 | int length | bytes of the image
 *       byte form = 3 | int offset | int length      image within the source's value
 *       byte form = 4 | string event id | int page or -1     seen before (since version 2)
 *   float    temperature | float top-p | long seed | byte ignore stop tokens
 *   int      max new tokens
 *   byte     constraint (since version 2): 0 none | 1 choices: int n, n x string
 *            | 2 string regex | 3 string number | 4 string JSON schema
 * </pre>
 *
 * <p>The seed of an event that brings none is the first eight bytes, big-endian, of the SHA-256 of
 * its id in UTF-8; a page's id is the event's id, {@code #} and the page number from 1.
 *
 * <p>May use the schemas, connectors, settings and the engine's sampling parameters; knows neither
 * the engine nor the operators behind it.
 */
package dev.moonflow.jobs.ingest;
