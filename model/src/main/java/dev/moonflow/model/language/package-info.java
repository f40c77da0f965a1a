/**
 * The language model (SPEC sections 7 and 8): embeddings, MLA over a paged compressed KV cache,
 * dense and mixture-of-experts layers, logits. Uses the checkpoint and the kernels; knows nothing
 * of text, images or sampling.
 *
 * <p>What a token gets depends on the tokens before it in its sequence alone: not on the batch, on
 * how a prompt is cut into chunks, or on whether it is prompt or generated. Each output element has
 * one order of reduction, and every path takes it.
 */
package dev.moonflow.model.language;
