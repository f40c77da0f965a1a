package dev.moonflow.training.evaluation.item;

import dev.moonflow.training.evaluation.media.Media;
import dev.moonflow.training.evaluation.metric.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A question that can be asked.
 *
 * @param question the text; {@code <image 2>} in it or in an option is the place of the second
 *     medium; media without a place stand before the text
 * @param hint more context, or empty
 * @param media images, documents or videos, in order
 * @param target the right answer; its options, if any, are shown
 * @param groups what it belongs to, for the breakdown by bucket
 */
public record Item(
    String id,
    String question,
    String hint,
    List<Media> media,
    Target target,
    Map<String, String> groups)
    implements Entry {
  public Item {
    media = List.copyOf(media);
    groups = new TreeMap<>(groups);
  }

  /** Texts of the options; none for an open question. */
  public List<String> options() {
    return target instanceof Target.Choice choice ? choice.options() : List.of();
  }
}
