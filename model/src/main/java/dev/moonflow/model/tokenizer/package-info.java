/**
 * Text to token ids and back (SPEC section 3): the tiktoken vocabulary, the pre-tokenization
 * pattern, byte-pair encoding, special tokens and decoding.
 *
 * <p>May use model.checkpoint (to read configuration files and to report faults) and nothing else.
 *
 * <h2>Encoding</h2>
 *
 * <pre>
 *  text -> TextChunker -> SpecialTokens -> PreTokenizer -> BytePairEncoder -> ids
 *          (runs are       (only for       (pattern of     (merges by rank,
 *           bounded)        trusted text)    SPEC 3.3)       SPEC 3.4)
 * </pre>
 *
 * Text of users goes through {@link dev.moonflow.model.tokenizer.Tokenizer#encode}, in which the
 * names of special tokens are plain text: nobody can write a control token into a prompt.
 *
 * <p>The pattern's classes follow the Unicode version of the running Java platform: text with
 * characters that were assigned between two such versions may be cut differently by them.
 */
package dev.moonflow.model.tokenizer;
