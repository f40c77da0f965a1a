/**
 * Checkpoints on disk: safetensors files read through memory maps and written, the sharded index,
 * and the configuration that the model is built from (SPEC sections 1 and 2).
 *
 * <p>May use kernels.math (to make matrices of tensors) and Jackson; nothing else of the model.
 *
 * <h2>A safetensors file</h2>
 *
 * <pre>
 *  0        8                  8 + N                                  end of file
 *  +--------+------------------+--------------------------------------+
 *  | N, u64 | JSON, N bytes,   | data: tensors back to back, no holes |
 *  | LE     | space padded     | offsets relative to here (8 + N)     |
 *  +--------+------------------+--------------------------------------+
 * </pre>
 *
 * <h2>The model fingerprint</h2>
 *
 * A model fingerprint is the lower-case hexadecimal SHA-256 of this sequence, in which an integer
 * is 8 bytes little-endian and a string is its UTF-8 length as such an integer followed by its
 * bytes:
 *
 * <ol>
 *   <li>the string {@code moonflow-model-1};
 *   <li>for each of {@code config.json}, {@code generation_config.json}, {@code
 *       preprocessor_config.json}, {@code tiktoken.model}, {@code tokenizer_config.json} that
 *       exists, in this order: its name, its size and its bytes;
 *   <li>for each safetensors file, by name: its name, its size, its JSON header, and for each of
 *       its tensors, by name, the first 256 bytes of its data (all of it if it is shorter).
 * </ol>
 *
 * It reads a page of each tensor and so costs little for a large model; two models whose tensors
 * differ only after those bytes share a fingerprint, which training does not produce.
 */
package dev.moonflow.model.checkpoint;
