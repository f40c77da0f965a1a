/**
 * Perceive: the keyed operator that hosts a generation engine. Requests of every key generate
 * together in one continuous batch; results leave in the order of arrival per key; a checkpoint
 * holds every request in flight with the tokens it has so far, and a restored job goes on from
 * there.
 *
 * <p>Threads. The task's thread owns the line of requests, all state and all output. A pool decodes
 * images and prepares requests ahead. The engine's thread steps. Both report by mail to the task's
 * thread. A snapshot reads the engine's published progress, which is immutable, and never waits.
 *
 * <p>Keyed state, everything big-endian. The key is the source or stream id. A key that has nothing
 * in flight has no state.
 *
 * <pre>
 *   requests: MapState   long sequence -> byte version = 1
 *                                         long timestamp of the stream record, or Long.MIN_VALUE
 *                                         PerceptionRequest, as dev.moonflow.jobs.ingest has it
 *
 *   progress: MapState   long sequence -> byte version = 3
 *                                         byte 0 goes on | 1 stop | 2 length
 *                                         int prompt tokens, 0 when not known
 *                                         int n | n x int token id
 *                                         int n | n x float log-probability of each token, not a
 *                                         number when not known (since version 2)
 *                                         byte phase (since version 3): 0 waiting | 1 encode
 *                                         | 2 prefill | 3 decode | 4 finished
 *                                         byte sampler (since version 3): 0 not kept
 *                                         | 1 Philox4x32-10: long seed, long position
 *
 *   features: MapState   long sequence -> byte version = 1
 *                                         string fingerprint of the model, as ingest has strings
 *                                         int images | images x (int n | n x float), [M_i, H] each
 *
 *   captions: ValueState  list of strings, as Flink has it: the newest captions of a video, oldest
 *                         first; other keys have none
 *
 *        sequence   requests         progress                                   features
 *        --------   --------------   ----------------------------------------   --------
 *   key    41       page 3 of doc-7  length, 17, [533, 12, 98], finished        1 image
 *          42       page 4 of doc-7  goes on, 17, [533, 7], decode, draw 2      1 image
 *          43       page 5 of doc-7  goes on, 0, [], encode, draw 0             (none)
 *          44       page 6 of doc-7  (none)                                     (none)
 * </pre>
 *
 * <p>41 is next to leave; 42 goes on after 7; 43 and 44 begin anew. A request without progress has
 * generated nothing. A request that ended with an error has none either: it is computed again and
 * fails again. A draw depends on the seed and the position alone, so that the sampler's state could
 * be told from the request and its tokens: it is kept to tell state that was cut or mixed up, which
 * a restore refuses. Phases decide who runs first after a restore.
 *
 * <p>Features are written only with {@code moonflow.state.keep: embeddings}, once per request, at
 * the first checkpoint after all its images are encoded; they are read whatever the setting says,
 * if the model is the one that made them.
 *
 * <p>A request that tells of the captions before it ({@link
 * dev.moonflow.jobs.ingest.PromptPart.Earlier}) begins when every request of its key before it has
 * left, and finds them in {@code captions}. A restored one finds the same ones, because a caption
 * is remembered in the moment in which its result leaves. The end of a stream forgets them.
 *
 * <p>{@link dev.moonflow.jobs.perceive.Perceived} between operators, version 3: byte version,
 * subject and source as in {@code dev.moonflow.jobs.ingest}, string fingerprint, long seed, byte 0
 * failed, 1 written or 2 passed on, part as in ingest (since version 2), window as in ingest (since
 * version 3), and when written string text (count -1 for null), string thinking, ints tokens, int
 * prompt tokens, byte 1 for stop and 0 for length, floats log-probabilities (since version 2).
 *
 * <p>{@link dev.moonflow.jobs.perceive.SharedEngines} is for callers without state of their own
 * (SQL's asynchronous functions, whose rows Flink itself keeps): all of a TaskManager that ask one
 * model under one budget share one engine and its batch. Such an answer begins anew after a
 * restart.
 *
 * <p>May use ingest's types, settings, connectors and the model; nothing behind it.
 */
package dev.moonflow.jobs.perceive;
