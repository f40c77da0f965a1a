/**
 * Video: frames of a stream to one request per window of event time. Frames that show nothing new
 * are skipped; a window tells the model of the frames and captions before it, so that a caption can
 * say what changed. Stands in the job only where {@code moonflow.video.window} is given.
 *
 * <p>The key is the stream id, and each stream has a clock of its own: the newest event time that
 * it has shown. A window closes when that clock has passed its end by the lateness allowed, when
 * the stream says nothing for a while by the wall clock, or when the input ends. So a stream that
 * is slow, replayed or silent holds up no other, and none can close another's windows.
 *
 * <p>Keyed state, version 1, everything big-endian. A stream that was forgotten has none.
 *
 * <pre>
 *   stream: ValueState   byte version = 1
 *                        long clock: newest event time, ms | long closed: windows that end at or
 *                        before it are closed | long wall clock of the last frame, ms
 *                        | long frame index of the newest frame | long number of the next kept
 *                        frame | byte a window has been captioned
 *                        bytes sketch of the last frame that was not skipped: 24 x 24 cells, row by
 *                        row, 3 bytes each; 0 bytes when there is none
 *                        int n | n x long: what the newest ids hash to, oldest first
 *                        int n | n x kept: frames of the time before, oldest first
 *                        int n | n x window, by their beginning
 *   kept                 long number | long event time, ms | int novelty, 0 to 255 | int bytes
 *   window               long beginning, ms | int frames | int skipped | int missing
 *                        | record of the frame that came last, without value, as
 *                        dev.moonflow.connectors.kafka has it | int n | n x kept
 *
 *   frames: MapState     long number -> PerceptionRequest of a kept frame, its record without value
 * </pre>
 *
 * <p>The state of a stream is bounded: {@code moonflow.video.frames} frames of at most ten windows
 * and {@code moonflow.video.context-frames} of the time before, together within {@code
 * moonflow.video.bytes-per-stream}, 512 hashes of ids, one sketch.
 *
 * <p>May use ingest's types, settings, connectors and the engine's sampling parameters.
 */
package dev.moonflow.jobs.video;
