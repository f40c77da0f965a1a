/**
 * Checkpoints of a run: complete folders that appear at once or not at all.
 *
 * <pre>
 *  OUT/STAGE/
 *    checkpoint-0000000100/          a model folder that the pipeline runs as it is ...
 *      config.json model.safetensors tiktoken.model tokenizer_config.json ...
 *      training/                     ... and what only training needs
 *        state.json                  step, data position, recipe hash, ranks
 *        optimizer-0.safetensors     optimizer state of rank 0, and so on
 *        extra.safetensors           parameters of the objective, if it has any
 *        metrics.csv                 all steps so far
 *    metrics.csv  curves.png
 * </pre>
 *
 * <p>Written as {@code .checkpoint-N.part}, forced to the disk file by file, then renamed.
 */
package dev.moonflow.training.trainer.checkpoint;
