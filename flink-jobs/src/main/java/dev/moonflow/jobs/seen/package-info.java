/**
 * Seen: images and pages of earlier events, kept for a while so that questions can refer to them by
 * the event's id. Images and pages pass through; a question that refers to some leaves with the
 * images in it. Stands in the job only where {@code moonflow.question.seen.keep} is given.
 *
 * <p>The key is the source id, of images and questions alike: a question finds what came with its
 * own source id, and order per key stays what it is. Topics are read side by side, so that a
 * question may be here before its image: it waits a while, and later questions of its key behind
 * it.
 *
 * <p>Keyed state, version 1, everything big-endian. Times are processing time, milliseconds.
 *
 * <pre>
 *   index: ValueState     byte version = 1
 *                         long number of the first waiting question | long number of the next
 *                         int n | n x (string event id | int page or 0 | int page count or 0
 *                                      | int bytes, 0 for a page that failed | long expiry)
 *                         in the order of arrival
 *
 *   images: MapState      string page/event id -> bytes of the encoded image
 *
 *   waiting: MapState     long number -> byte version = 1 | long expiry
 *                                        | PerceptionRequest, as dev.moonflow.jobs.ingest has it
 * </pre>
 *
 * <p>May use ingest's types, settings and connectors.
 */
package dev.moonflow.jobs.seen;
