/**
 * Kimi-VL as a plain Java library on top of kernels: load a checkpoint, tokenise, see, generate.
 * {@link dev.moonflow.model.KimiVl} is where a program begins, or {@link
 * dev.moonflow.model.ask.VisionModel} with one question at a time.
 *
 * <pre>
 *                        ask
 *                         |
 *                       KimiVl
 *                         |
 *   conformance               engine         synthetic
 *       |           /    /    |    |   \          |
 *      all  constraint chat image vision language |
 *                  \    |     |    |   /          |
 *                 tokenizer   |    |  /           |
 *                    \      | /          convert
 *                     checkpoint ----------+
 *
 *                       layout    (pages to lines, without a model; uses kernels' image alone)
 * </pre>
 *
 * Every package may use those below it and kernels; a test holds it.
 */
package dev.moonflow.model;
