/**
 * Checkpoints on disk: safetensors files read through memory maps and written, the sharded index,
 * weights files that are used where they lie, and the configuration that the model is built from
 * (SPEC sections 1 and 2).
 *
 * <p>May use kernels.math and kernels.dense (to make matrices of tensors) and Jackson; nothing else
 * of the model.
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
 * <h2>A weights file, version 1</h2>
 *
 * {@code weights.moonflow} in a model folder replaces its safetensors files. Integers are
 * little-endian. kernels.dense specifies what a packed matrix looks like.
 *
 * <pre>
 *  0          8        12        16         20     24           24 + N
 *  +----------+--------+---------+----------+------+------------+---------------------+-----------+
 *  | MOONFLOW | 1, u32 | N, u32  | CRC-32C  | 0    | JSON,      | tensors, each at a  | checksums |
 *  |          |        |         | of JSON  |      | N bytes    | multiple of 64      |           |
 *  +----------+--------+---------+----------+------+------------+---------------------+-----------+
 *
 *  JSON       {"weights": "int4", "source": FINGERPRINT, "tensors": {NAME:
 *               {"format": "bf16" | "int8" | "int4" | "f32", "shape": [out, in],
 *                "offset": from 24 + N, "bytes": size}, ...}}, filled up with spaces
 *             so that 24 + N is a multiple of 64; tensors in the order of their offsets
 *  checksums  CRC-32C of each tensor in that order, then that of these checksums
 * </pre>
 *
 * <pre>
 *  weights                           bf16    int8    int4
 *  norms, biases, gates, positions   f32     f32     f32
 *  embedding                         bf16    bf16    bf16    (tied to the head: as the head)
 *  vision tower, projector, head     bf16    int8    int8
 *  kv_b, by heads                    bf16    int8    int8
 *  attention, MLPs, experts          bf16    int8    int4
 * </pre>
 *
 * The two halves of kv_b of head h are matrices of their own, {@code NAME.keys.h} [latent, nope],
 * transposed, and {@code NAME.values.h} [value, latent].
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
 *       its tensors, by name, the first 256 bytes of its data (all of it if it is shorter);
 *   <li>or for a weights file: its name, the size of its header and checksums, and these two.
 * </ol>
 *
 * It reads a page of each tensor and so costs little for a large model; two models whose tensors
 * differ only after those bytes share a fingerprint, which training does not produce.
 */
package dev.moonflow.model.checkpoint;
