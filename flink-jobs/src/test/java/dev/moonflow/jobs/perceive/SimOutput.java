package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.ingest.Subject;
import java.util.Arrays;

/**
 * A record that a simulated sink writes.
 *
 * @param kind result, document or dead letter
 * @param key of the event
 * @param what all that a reader could see of it, as text
 */
record SimOutput(Kind kind, String key, String what) {
  /** What a record is. */
  enum Kind {
    RESULT,
    DOCUMENT,
    DEAD_LETTER
  }

  static SimOutput result(Perceived perceived) {
    Outcome outcome = new Outcome.FailedBefore();
    if (perceived instanceof Perceived.Generated g) {
      outcome = new Outcome.Written(g.tokens(), g.promptTokens(), g.reason(), g.logProbabilities());
    }
    return new SimOutput(
        Kind.RESULT, perceived.subject().key(), describe(perceived.subject(), outcome));
  }

  static SimOutput deadLetter(OutputRecord letter) {
    String offset =
        RecordHeader.last(letter.headers(), ErrorHeaders.OFFSET).map(RecordHeader::text).orElse("");
    return new SimOutput(Kind.DEAD_LETTER, "", offset);
  }

  /** A name that no other request of a case has. */
  static String id(Subject subject) {
    return subject.eventId() + "#" + subject.page();
  }

  /** Everything of a result that a reader could see. */
  static String describe(Subject subject, Outcome outcome) {
    String head = id(subject) + " ";
    return outcome instanceof Outcome.Written w
        ? head
            + text(w)
            + " after "
            + w.promptTokens()
            + " "
            + w.reason()
            + " "
            + Arrays.toString(w.logProbabilities())
        : head + "failed";
  }

  static String text(Outcome.Written written) {
    return Arrays.toString(written.tokens());
  }
}
