package dev.moonflow.training.evaluation.item;

import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a loader or a maker of items is given.
 *
 * @param task whose items are wanted
 * @param data file or folder that the user supplied
 * @param seed of what is made
 * @param items how many to make at most; loaders read on
 * @param costs what text and images cost the model
 */
public record ItemRequest(
    TaskDefinition task, Optional<Path> data, long seed, int items, PromptCosts costs) {}
