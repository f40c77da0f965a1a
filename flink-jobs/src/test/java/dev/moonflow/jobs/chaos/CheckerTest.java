package dev.moonflow.jobs.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.chaos.Violation.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker finds what is planted, and nothing else. */
class CheckerTest {
  private static final int EVENTS = 40;
  private static final String ANSWERS = "answers";
  private static final String DEAD = "dead-letters";

  private final Checker checker = new Checker(CheckerTest::expected);

  /** Every tenth event is to become a dead letter. */
  private static boolean dead(RawRecord event) {
    return event.offset() % 10 == 9;
  }

  private static Expected expected(RawRecord event) {
    return new Expected(
        dead(event) ? DEAD : ANSWERS,
        event.key(),
        dead(event) ? event.value() : answer(event),
        Map.of("traceparent", "trace-" + event.offset()),
        3);
  }

  private static byte[] answer(RawRecord event) {
    return ("answer to " + event.offset()).getBytes(UTF_8);
  }

  private static RawRecord event(int number) {
    return new RawRecord(
        "questions", 0, number, 1, key(number), ("event " + number).getBytes(UTF_8), List.of());
  }

  private static byte[] key(int number) {
    return ("source-" + number % 3).getBytes(UTF_8);
  }

  private static RawRecord output(RawRecord event, byte[] value) {
    boolean dead = dead(event);
    List<RecordHeader> headers = new ArrayList<>();
    headers.add(RecordHeader.of("traceparent", "trace-" + event.offset()));
    headers.add(
        RecordHeader.of(dead ? ErrorHeaders.TOPIC : ProvenanceHeaders.SOURCE_TOPIC, event.topic()));
    headers.add(
        RecordHeader.of(dead ? ErrorHeaders.PARTITION : ProvenanceHeaders.SOURCE_PARTITION, "0"));
    headers.add(
        RecordHeader.of(
            dead ? ErrorHeaders.OFFSET : ProvenanceHeaders.SOURCE_OFFSET, event.offset() + ""));
    if (dead) {
      headers.add(RecordHeader.of(ErrorHeaders.STAGE, "ingest.check-event"));
    }
    return new RawRecord(dead ? DEAD : ANSWERS, 0, event.offset(), 1, event.key(), value, headers);
  }

  private static List<RawRecord> outputs() {
    List<RawRecord> outputs = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      outputs.add(output(event(i), expected(event(i)).value()));
    }
    return outputs;
  }

  private Map<Kind, Integer> check(List<RawRecord> outputs) throws Exception {
    for (int i = 0; i < EVENTS; i++) {
      checker.event(event(i));
    }
    for (RawRecord output : outputs) {
      checker.output(output);
    }
    checker.end();
    return checker.violations();
  }

  @Test
  void aRunWithoutFaultIsClean() throws Exception {
    assertThat(check(outputs())).isEmpty();
    assertThat(checker.tally()).isEqualTo(new Checker.Tally(EVENTS, EVENTS, 4, 3 * EVENTS, 0));
  }

  @Test
  void aResultMayBeReadBeforeItsEvent() throws Exception {
    for (RawRecord output : outputs()) {
      checker.output(output);
    }
    assertThat(check(List.of())).isEmpty();
    assertThat(checker.tally().results()).isEqualTo(EVENTS);
  }

  @Test
  void keysMayOvertakeEachOther() throws Exception {
    List<RawRecord> outputs = outputs();
    Collections.swap(outputs, 4, 5);
    assertThat(check(outputs)).isEmpty();
  }

  @Test
  void findsALostResult() throws Exception {
    List<RawRecord> outputs = outputs();
    outputs.remove(17);
    assertThat(check(outputs)).containsOnly(Map.entry(Kind.LOST, 1));
    assertThat(checker.examples()).hasToString("[LOST: nothing came of questions-0@17]");
  }

  @Test
  void findsALostDeadLetter() throws Exception {
    List<RawRecord> outputs = outputs();
    outputs.remove(19);
    assertThat(check(outputs)).containsOnly(Map.entry(Kind.LOST, 1));
  }

  @Test
  void findsADoubledResult() throws Exception {
    List<RawRecord> outputs = outputs();
    outputs.add(outputs.get(17));
    assertThat(check(outputs)).containsOnly(Map.entry(Kind.DOUBLED, 1));
  }

  @Test
  void findsADoubledResultBeforeItsEvent() throws Exception {
    checker.output(outputs().get(3));
    checker.output(outputs().get(3));
    assertThat(checker.violations()).containsOnly(Map.entry(Kind.DOUBLED, 1));
  }

  @Test
  void findsResultsOfAKeyThatWereReordered() throws Exception {
    List<RawRecord> outputs = outputs();
    Collections.swap(outputs, 4, 7);
    assertThat(check(outputs)).containsOnly(Map.entry(Kind.REORDERED, 1));
  }

  @Test
  void findsAChangedByte() throws Exception {
    List<RawRecord> outputs = outputs();
    byte[] value = outputs.get(21).value().clone();
    value[value.length - 1] ^= 1;
    outputs.set(21, output(event(21), value));
    assertThat(check(outputs)).containsOnly(Map.entry(Kind.CHANGED, 1));
    assertThat(checker.examples().get(0).what()).contains("its value differs from byte 11 on");
  }

  @Test
  void findsAResultUnderAnotherKey() throws Exception {
    List<RawRecord> outputs = outputs();
    RawRecord right = outputs.get(21);
    outputs.set(
        21, new RawRecord(right.topic(), 0, 21, 1, key(22), right.value(), right.headers()));
    assertThat(check(outputs)).containsKey(Kind.CHANGED);
  }

  @Test
  void findsAResultInsteadOfADeadLetter() throws Exception {
    List<RawRecord> outputs = outputs();
    RawRecord right = outputs.get(19);
    outputs.set(19, new RawRecord(ANSWERS, 0, 19, 1, right.key(), answer(right), right.headers()));
    assertThat(check(outputs)).containsOnly(Map.entry(Kind.CHANGED, 1));
  }

  @Test
  void findsALostHeader() throws Exception {
    List<RawRecord> outputs = outputs();
    RawRecord right = outputs.get(2);
    outputs.set(
        2,
        new RawRecord(
            right.topic(), 0, 2, 1, right.key(), right.value(), right.headers().subList(1, 4)));
    assertThat(check(outputs)).containsOnly(Map.entry(Kind.CHANGED, 1));
  }

  @Test
  void findsWhatIsOfNoEvent() throws Exception {
    List<RawRecord> outputs = outputs();
    outputs.add(output(event(EVENTS + 1), new byte[0]));
    outputs.add(new RawRecord(ANSWERS, 0, 99, 1, null, null, List.of()));
    assertThat(check(outputs)).containsOnly(Map.entry(Kind.INVENTED, 2));
  }
}
