package dev.moonflow.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.cli.results.OutputRow;
import dev.moonflow.schemas.Topics;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final OutputRow PAGE_1 = row(Topics.OCR, "a", "page 1");
  private static final OutputRow PAGE_2 = row(Topics.OCR, "a", "page 2");

  private final Tally tally = new Tally(Set.of(PAGE_1.key(), PAGE_2.key()));

  @Test
  void everyResultOnceIsExact() {
    tally.add(PAGE_2);
    assertThat(tally.exact()).isFalse();
    assertThat(tally.settled()).isFalse();
    tally.add(PAGE_1);
    assertThat(tally.exact()).isTrue();
    assertThat(tally.settled()).isTrue();
    assertThat(tally.tokens()).isEqualTo(14);
  }

  @Test
  void aMissingResultIsLost() {
    tally.add(PAGE_1);
    assertThat(tally.lost()).isOne();
    assertThat(tally.exact()).isFalse();
  }

  @Test
  void aSecondCopyIsDoubled() {
    tally.add(PAGE_1);
    tally.add(PAGE_2);
    tally.add(PAGE_1);
    assertThat(tally.doubled()).isOne();
    assertThat(tally.lost()).isZero();
    assertThat(tally.exact()).isFalse();
  }

  @Test
  void aResultThatNobodyAskedForIsNotExact() {
    tally.add(PAGE_1);
    tally.add(PAGE_2);
    tally.add(row(Topics.CAPTIONS, "a", "page 2"));
    assertThat(tally.unexpected()).isOne();
    assertThat(tally.exact()).isFalse();
  }

  @Test
  void aDeadLetterSettlesAndIsNotExact() {
    tally.add(new OutputRow(Topics.DEAD_LETTERS, "", "a", "", "broken", 0));
    assertThat(tally.settled()).isTrue();
    assertThat(tally.deadLetters()).isOne();
    assertThat(tally.exact()).isFalse();
  }

  private static OutputRow row(Topics topic, String id, String part) {
    return new OutputRow(topic, id, "source", part, "text", 7);
  }
}
