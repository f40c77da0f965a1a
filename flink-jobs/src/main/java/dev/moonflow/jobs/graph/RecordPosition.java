package dev.moonflow.jobs.graph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Kafka record lies.
 *
 * @param partition from 0
 * @param offset from 0
 */
public record RecordPosition(String topic, int partition, long offset) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._-]{1,249})@([0-9]{1,9}):([0-9]{1,18})");

  /**
   * Reads {@code TOPIC@PARTITION:OFFSET}.
   *
   * @throws ReplayException in one sentence if the text has another form
   */
  public static RecordPosition parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new ReplayException(
          "A position is TOPIC@PARTITION:OFFSET, for example moonflow.answers@0:17, got \""
              + text
              + "\".");
    }
    return new RecordPosition(
        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
  }

  @Override
  public String toString() {
    return topic + "@" + partition + ":" + offset;
  }
}
