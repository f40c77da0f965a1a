/**
 * Ingest: Kafka records to perception requests. Decodes the event, fetches its payload, checks
 * every limit before anything is decoded, takes documents apart into pages, and decides prompt,
 * sampling and seed. What fails becomes a dead letter that names its stage; nothing in a topic
 * stops the job.
 *
 * <p>Binary form of a {@link dev.moonflow.jobs.ingest.PerceptionRequest} between operators and in
 * state, version 4, everything big-endian. A string is an int count of UTF-8 bytes and the bytes.
 *
 * <pre>
 *   byte     version = 4
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
 *       byte form = 5 | string template | int captions       captions before (since version 4)
 *   float    temperature | float top-p | long seed | byte ignore stop tokens
 *   int      max new tokens
 *   byte     constraint (since version 2): 0 none | 1 choices: int n, n x string
 *            | 2 string regex | 3 string number | 4 string JSON schema
 *   part     (since version 3) int line of the page from 0 or -1 | byte 1 when a sheet follows
 *   window   (since version 4) byte 0 or 1 | and then: long start | long end | int frames
 *            | int skipped | int missing
 *   sheet    int width | int height | byte quarter turns | double skew, degrees | byte blank
 *            | string text layer | byte text layer used | int n | n x line
 *   line     4 x int straight box | 4 x int page box | int block | int row or -1 | int cell or -1
 *            | int indent | int letter height             boxes: left, top, right, bottom
 * </pre>
 *
 * <p>The seed of an event that brings none is the first eight bytes, big-endian, of the SHA-256 of
 * its id in UTF-8; a page's id is the event's id, {@code #} and the page number from 1; a line's id
 * is its page's, {@code /} and the line number from 1.
 *
 * <p>A page becomes one request, or a sheet and one request for each line that its layout has; a
 * blank page, and one whose own text is used, becomes a sheet alone.
 *
 * <p>Documents are taken apart while they are read ({@link
 * dev.moonflow.jobs.ingest.DocumentSplitter}), each page a part, as {@code
 * dev.moonflow.connectors.pieces} has it. Binary form of what they are taken apart into: byte 1 and
 * a request as above, or byte 2 and a dead letter as {@code dev.moonflow.connectors.kafka} has it.
 *
 * <p>May use the schemas, connectors, settings, layout and the engine's sampling parameters; knows
 * neither the engine nor the operators behind it.
 */
package dev.moonflow.jobs.ingest;
