/**
 * Readers of the public benchmarks' own files, which the user supplies. Three layers: {@link
 * dev.moonflow.training.evaluation.loader.RowSource}s give rows, whatever the file's form (Parquet,
 * JSON, JSON lines, TSV); a mapper makes an item of a row; {@link
 * dev.moonflow.training.evaluation.loader.Loaders} knows both by name.
 *
 * <p>A row that cannot be used becomes a damaged item with one sentence that names file, row and
 * field; a file that cannot be read as a whole ends its task with such a sentence.
 */
package dev.moonflow.training.evaluation.loader;
