package dev.moonflow.jobs.cli.publish;

import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.schemas.Topics;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many events of each kind were published. */
public final class PublishCounts {
  private static final Map<Topics, String> NOUNS =
      Map.of(
          Topics.IMAGES, "image",
          Topics.DOCUMENTS, "document",
          Topics.FRAMES, "frame",
          Topics.QUESTIONS, "question");

  private final Map<Topics, Long> counts = new EnumMap<>(Topics.class);

  /** Counts an event. */
  public void add(OutgoingEvent event) {
    counts.merge(event.topic(), 1L, Long::sum);
  }

  /** All events. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For example {@code 3 events: 1 image, 2 frames}. */
  public String sentence() {
    String kinds =
        counts.entrySet().stream()
            .map(e -> Quantities.count(e.getValue(), NOUNS.get(e.getKey())))
            .collect(Collectors.joining(", "));
    return Quantities.count(total(), "event") + (kinds.isEmpty() ? "" : ": " + kinds);
  }
}
