package dev.moonflow.training.evaluation.item;

/**
 * An entry that cannot be asked. It is reported and counts as wrong.
 *
 * @param problem one sentence that names file, place and field
 */
public record DamagedItem(String id, String problem) implements Entry {}
