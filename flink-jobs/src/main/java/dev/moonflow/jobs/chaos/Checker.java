package dev.moonflow.jobs.chaos;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what came out with what must, record by record as both are read. What must come is told
 * by the events as they lie in their topics, so an event that was published twice is two events.
 * Thread-safe.
 *
 * <p>Order is judged per key, input topic and output topic; among dead letters also per stage,
 * because an event that fails late is not held back by one that fails early.
 */
final class Checker {
  private static final int EXAMPLES_MAX = 20;

  private final ExpectedRecords expectations;
  private final Map<String, RawRecord> waiting = new LinkedHashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final Map<String, RawRecord> early = new LinkedHashMap<>();
  private final Map<String, Long> lastOffsets = new HashMap<>();
  private final Map<Violation.Kind, Integer> counts = new EnumMap<>(Violation.Kind.class);
  private final List<Violation> examples = new ArrayList<>();
  private int events;
  private int results;
  private int deadLetters;
  private long tokens;

  Checker(ExpectedRecords expectations) {
    this.expectations = expectations;
  }

  /**
   * What has been seen.
   *
   * @param events that were read from their topics
   * @param results records that are as they must be
   * @param deadLetters of them dead letters
   * @param tokens of all results
   * @param waiting events of which nothing came yet
   */
  record Tally(int events, int results, int deadLetters, long tokens, int waiting) {}

  /** An event lies in its topic. */
  synchronized void event(RawRecord event) throws Exception {
    events++;
    String position = event.position();
    waiting.put(position, event);
    RawRecord output = early.remove(position);
    if (output != null) {
      judge(position, output);
    }
  }

  /** A record was committed. */
  synchronized void output(RawRecord output) throws Exception {
    String position = source(output);
    if (position == null) {
      report(Violation.Kind.INVENTED, output.position() + " names no event");
    } else if (waiting.containsKey(position)) {
      judge(position, output);
    } else if (answered.contains(position)) {
      report(Violation.Kind.DOUBLED, output.position() + " is of " + position + " once more");
    } else if (early.putIfAbsent(position, output) != null) {
      // Its event has not been read yet: the two topics have readers of different speed.
      report(Violation.Kind.DOUBLED, output.position() + " is of " + position + " once more");
    }
  }

  /** Nothing more will come: what is missing is lost. */
  synchronized void end() {
    waiting
        .keySet()
        .forEach(position -> report(Violation.Kind.LOST, "nothing came of " + position));
    early.forEach(
        (position, output) ->
            report(
                Violation.Kind.INVENTED, output.position() + " is of " + position + ", nothing"));
  }

  /** Something else that must not be. */
  synchronized void report(Violation.Kind kind, String what) {
    counts.merge(kind, 1, Integer::sum);
    if (examples.size() < EXAMPLES_MAX) {
      examples.add(new Violation(kind, what));
    }
  }

  private void judge(String position, RawRecord output) throws Exception {
    RawRecord event = waiting.remove(position);
    answered.add(position);
    Expected expected = expectations.of(event);
    String differences =
        expected.differences(
            output.topic(), output.key(), output.value(), name -> header(output, name));
    if (!differences.isEmpty()) {
      report(Violation.Kind.CHANGED, output.position() + " of " + position + ": " + differences);
    } else {
      results++;
      tokens += expected.tokens();
      deadLetters += header(output, ErrorHeaders.STAGE) == null ? 0 : 1;
    }
    String lane =
        String.join(
            "|",
            output.topic(),
            Arrays.toString(output.key()),
            event.topic() + "-" + event.partition(),
            String.valueOf(header(output, ErrorHeaders.STAGE)));
    Long before = lastOffsets.get(lane);
    if (before != null && before > event.offset()) {
      report(
          Violation.Kind.REORDERED,
          output.position() + " of " + position + " comes behind that of offset " + before);
    } else {
      lastOffsets.put(lane, event.offset());
    }
  }

  private static String source(RawRecord output) {
    boolean dead = header(output, ErrorHeaders.TOPIC) != null;
    String topic = header(output, dead ? ErrorHeaders.TOPIC : ProvenanceHeaders.SOURCE_TOPIC);
    String partition =
        header(output, dead ? ErrorHeaders.PARTITION : ProvenanceHeaders.SOURCE_PARTITION);
    String offset = header(output, dead ? ErrorHeaders.OFFSET : ProvenanceHeaders.SOURCE_OFFSET);
    return topic == null ? null : topic + "-" + partition + "@" + offset;
  }

  private static String header(RawRecord record, String name) {
    return RecordHeader.last(record.headers(), name).map(RecordHeader::text).orElse(null);
  }

  /** What has been seen so far. */
  synchronized Tally tally() {
    return new Tally(events, results, deadLetters, tokens, waiting.size());
  }

  /** How often each sort of violation was found; empty when none was. */
  synchronized Map<Violation.Kind, Integer> violations() {
    return new EnumMap<>(counts);
  }

  /** The first of them. */
  synchronized List<Violation> examples() {
    return List.copyOf(examples);
  }
}
