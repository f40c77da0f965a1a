/**
 * Random checkpoints: complete folders of any size whose weights mean nothing, for demonstrations,
 * tests and measurements. May use model.checkpoint, model.convert and model.tokenizer.
 */
package dev.moonflow.model.synthetic;
