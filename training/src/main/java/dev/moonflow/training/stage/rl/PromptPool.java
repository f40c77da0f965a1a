package dev.moonflow.training.stage.rl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prompts of a run, from easy to hard, with how often each was answered and answered right. One
 * thread.
 */
final class PromptPool {
  private static final List<String> LABELS = List.of("easy", "medium", "hard");

  private static final class Entry {
    private final Sample sample;
    private final double difficulty;
    private long tries;
    private long successes;

    private Entry(Sample sample) {
      this.sample = sample;
      this.difficulty = difficulty(sample);
    }

    private double successRate() {
      return tries == 0 ? 0 : successes / (double) tries;
    }
  }

  private final List<Entry> easiestFirst = new ArrayList<>();
  private final Map<String, Entry> byId = new LinkedHashMap<>();

  /** A pool of samples; those without an answer to check and repeated ids are passed over. */
  PromptPool(List<Sample> samples) {
    for (Sample sample : samples) {
      if (sample.answer().isPresent() && !byId.containsKey(sample.id())) {
        Entry entry = new Entry(sample);
        byId.put(sample.id(), entry);
        easiestFirst.add(entry);
      }
    }
    easiestFirst.sort(Comparator.comparingDouble(entry -> entry.difficulty));
  }

  /** The label of a sample: a number, or easy, medium or hard; 0 without one. */
  private static double difficulty(Sample sample) {
    String label = sample.attributes().getOrDefault("difficulty", "0");
    if (LABELS.contains(label)) {
      return LABELS.indexOf(label);
    }
    try {
      return Double.parseDouble(label);
    } catch (NumberFormatException e) {
      throw new SampleException(
          "sample %s has the difficulty %s, which is neither a number nor one of %s."
              .formatted(sample.id(), label, LABELS),
          e);
    }
  }

  int size() {
    return easiestFirst.size();
  }

  /** The sample of an id that was chosen before. */
  Sample sample(String id) {
    Entry entry = byId.get(id);
    if (entry == null) {
      throw new SampleException("sample " + id + " is not among the prompts of this run.");
    }
    return entry.sample;
  }

  /** The easiest prompts. */
  List<Sample> easiest(int count) {
    return easiestFirst.stream().limit(count).map(entry -> entry.sample).toList();
  }

  /**
   * Chooses the prompts of an iteration among those that are open, the less solved the likelier.
   *
   * @param open of the easiest
   * @param count at most {@code open}
   * @param key of the draw
   */
  List<Sample> choose(int open, int count, long key) {
    List<Entry> candidates = easiestFirst.subList(0, open);
    double[] rates = candidates.stream().mapToDouble(Entry::successRate).toArray();
    double[] probabilities = PrioritizedSampling.probabilities(rates);
    return PrioritizedSampling.draw(probabilities, count, key).stream()
        .map(i -> candidates.get(i).sample)
        .toList();
  }

  /** Counts an answer. */
  void count(String id, boolean correct) {
    Entry entry = byId.get(id);
    entry.tries++;
    entry.successes += correct ? 1 : 0;
  }

  /** The counts of every prompt that was tried. */
  ObjectNode state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    byId.forEach(
        (id, entry) -> {
          if (entry.tries > 0) {
            state.putArray(id).add(entry.tries).add(entry.successes);
          }
        });
    return state;
  }

  /**
   * Puts the counts back.
   *
   * @throws IllegalArgumentException if they are of a prompt that is not here
   */
  void restore(JsonNode state) {
    state
        .fields()
        .forEachRemaining(
            field -> {
              Entry entry = byId.get(field.getKey());
              if (entry == null) {
                throw new IllegalArgumentException(
                    "its prompt " + field.getKey() + " is not in the data any more");
              }
              entry.tries = field.getValue().path(0).longValue();
              entry.successes = field.getValue().path(1).longValue();
            });
  }
}
