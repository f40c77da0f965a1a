/**
 * The generation engine: requests, continuous batching under budgets, sampling, and progress as
 * immutable values. May use every package of the model but conformance and synthetic.
 *
 * <h2>A request's way</h2>
 *
 * <pre>
 *   prepare (any thread)          step (one thread)
 *  +---------------------+      +---------+    +--------+    +---------+    +--------+
 *  | template, tokenizer,| ---> | WAITING |--->| ENCODE |--->| PREFILL |--->| DECODE |---> FINISHED
 *  | image processor,    |      |  FIFO   |    | packed |    | chunks  |    | 1 token|
 *  | limits              |      +---------+    | images |    +---------+    +--------+
 *  +---------------------+                     +--------+
 * </pre>
 *
 * <h2>Why results do not depend on the batch</h2>
 *
 * The encoder and the language model give an image's features and a token's logits the same bits in
 * any batch and for any cut of a prompt; the sampler draws from a generator keyed by seed and
 * position. The engine adds nothing that looks at other requests: it only decides what runs when.
 *
 * <h2>Memory</h2>
 *
 * A request is admitted when the cache has room for its prompt and all tokens that it may generate,
 * so none is ever put back. Admission is in order of submission: a large request at the head waits
 * for room, and those behind it wait with it.
 */
package dev.moonflow.model.engine;
