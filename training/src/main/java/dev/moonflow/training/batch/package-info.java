/**
 * From examples to packed batches: tokens, loss masks, patches, packing, and the exactly resumable
 * order of data.
 */
package dev.moonflow.training.batch;
