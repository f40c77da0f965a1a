package dev.moonflow.training.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many examples were left out or changed, by reason. Immutable. */
record RefusalCounts(Map<Refusal, Long> counts) {
  static final RefusalCounts NONE = new RefusalCounts(Map.of());

  RefusalCounts {
    EnumMap<Refusal, Long> copy = new EnumMap<>(Refusal.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
  }

  RefusalCounts plus(Refusal refusal) {
    Map<Refusal, Long> more = new EnumMap<>(Refusal.class);
    more.putAll(counts);
    more.merge(refusal, 1L, Long::sum);
    return new RefusalCounts(more);
  }

  Map<String, Long> byWords() {
    Map<String, Long> words = new LinkedHashMap<>();
    counts.forEach((refusal, count) -> words.put(refusal.words(), count));
    return words;
  }

  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    counts.forEach((refusal, count) -> node.put(refusal.name(), count));
    return node;
  }

  static RefusalCounts of(JsonNode node) {
    Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
    for (Refusal refusal : Refusal.values()) {
      if (node.has(refusal.name())) {
        counts.put(refusal, node.get(refusal.name()).longValue());
      }
    }
    return new RefusalCounts(counts);
  }
}
