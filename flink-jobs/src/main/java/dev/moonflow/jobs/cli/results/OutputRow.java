package dev.moonflow.jobs.cli.results;

import dev.moonflow.schemas.Topics;

/**
 * What a person wants to know of a record of an output topic.
 *
 * @param topic the topic by its role
 * @param id id of the event, empty where it is not known
 * @param source source or stream of the event
 * @param part what of the event this is: {@code image}, {@code page 2}, {@code document}, {@code
 *     frame 3}, {@code at 12:00:10} of a window, {@code answer}, or where an event failed
 * @param text what the model wrote, or why the event could not be processed
 * @param tokens tokens generated for it
 */
public record OutputRow(
    Topics topic, String id, String source, String part, String text, int tokens) {

  /** Whether it is a dead letter. */
  public boolean dead() {
    return topic == Topics.DEAD_LETTERS;
  }

  /** The same event and the same part of it: two results with one key are one too many. */
  public String key() {
    return topic + " " + id + " " + part;
  }
}
