package dev.moonflow.training.sample;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One training example. Immutable by convention: whoever hands over bytes no longer writes to them.
 *
 * @param id unique within a corpus; equal inputs and seed give equal ids
 * @param category what it is for
 * @param topic place in the taxonomy, slash-separated, such as {@code document/invoice}
 * @param source who made it: a generator's name, or a user's own corpus
 * @param seed what the generator drew it from; 0 for found data
 * @param parts at least one
 * @param regions boxes on its images
 * @param answer what a checker compares a model's answer with, where the task is verifiable
 * @param attributes anything else, for example {@code font}, {@code dpi}, {@code difficulty}
 */
public record Sample(
    String id,
    Category category,
    String topic,
    String source,
    long seed,
    List<Part> parts,
    List<Region> regions,
    Optional<String> answer,
    Map<String, String> attributes) {

  public Sample {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("sample " + id + " has no parts");
    }
    parts = List.copyOf(parts);
    regions = List.copyOf(regions);
    attributes = Map.copyOf(attributes);
  }
}
