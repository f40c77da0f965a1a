package dev.moonflow.training.batch;

import dev.moonflow.training.network.PackedBatch;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What goes through the model at once.
 *
 * @param examples in order
 * @param packed the same as one sequence of segments
 */
public record MicroBatch(List<Example> examples, PackedBatch packed) {
  public MicroBatch {
    examples = List.copyOf(examples);
  }

  /** Names of the examples, at most eight, for messages. */
  public String names() {
    String names = examples.stream().limit(8).map(Example::id).collect(Collectors.joining(", "));
    return examples.size() > 8 ? names + " and " + (examples.size() - 8) + " more" : names;
  }
}
