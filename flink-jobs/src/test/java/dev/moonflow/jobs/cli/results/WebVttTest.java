package dev.moonflow.jobs.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.Generation;
import dev.moonflow.schemas.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebVttTest {
  private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");

  private static CaptionResult.Builder caption(String stream, double seconds, String text) {
    Instant start = ZERO.plusMillis(Math.round(seconds * 1000));
    return CaptionResult.newBuilder()
        .setId(stream + "@" + start)
        .setSourceId(stream)
        .setEventTime(start)
        .setCaption(text)
        .setGeneration(new Generation(List.of(), 0, "stop", null, null))
        .setProvenance(new Provenance("f", "t", 0, 0L, 0L))
        .setAttributes(Map.of());
  }

  private static CaptionResult window(double start, double end, String text) {
    return caption("cam", start, text)
        .setWindowStart(ZERO.plusMillis(Math.round(start * 1000)))
        .setWindowEnd(ZERO.plusMillis(Math.round(end * 1000)))
        .build();
  }

  private static String vtt(CaptionResult... captions) {
    WebVtt vtt = new WebVtt("cam");
    for (CaptionResult caption : captions) {
      vtt.add(caption);
    }
    return vtt.text();
  }

  @Test
  void windowsAreCuesInOrderAndLaterRecordsCorrectEarlierOnes() {
    String file =
        vtt(
            window(10, 20, "two, wrong"),
            caption("other", 0, "another stream").setFrameIndex(1L).build(),
            caption("cam", 3, "an image of the same source").build(),
            window(0, 10, "one"),
            window(10, 20, "two"));
    assertThat(file)
        .isEqualTo(
            """
            WEBVTT

            NOTE 00:00:00.000 is 2026-01-01T00:00:00Z

            1
            00:00:00.000 --> 00:00:10.000
            one

            2
            00:00:10.000 --> 00:00:20.000
            two
            """);
  }

  @Test
  void whatIsUnchangedLengthensTheCueBeforeIt() {
    CaptionResult same = window(10, 20, "one");
    same.setUnchanged(true);
    CaptionResult sameAgain = window(20, 30, "one");
    sameAgain.setUnchanged(true);
    CaptionResult apart = window(50, 60, "one");
    apart.setUnchanged(true);
    assertThat(vtt(window(0, 10, "one"), same, sameAgain, apart).lines())
        .containsSubsequence(
            "00:00:00.000 --> 00:00:30.000", "one", "00:00:50.000 --> 00:01:00.000", "one");
  }

  @Test
  void textCanNeitherEndACueNorMarkUpNorPointAnArrow() {
    assertThat(WebVtt.cueText("a <b>&\r\n\r\n \n00:00 --> 00:01\u0000\u001b x\n"))
        .isEqualTo("a &lt;b&gt;&amp;\n00:00 --&gt; 00:01   x");
    assertThat(vtt(window(0, 10, " \n"))).doesNotContain("-->");
    assertThat(vtt()).isEqualTo("WEBVTT\n");
  }

  @Test
  void framesLastUntilTheNextOneAndNotForEver() {
    CaptionResult first = caption("cam", 0, "a").setFrameIndex(0L).build();
    CaptionResult second = caption("cam", 2.5, "b").setFrameIndex(1L).build();
    assertThat(vtt(second, first).lines())
        .containsSubsequence(
            "00:00:00.000 --> 00:00:02.500", "a", "00:00:02.500 --> 00:00:12.500", "b");
  }

  @Test
  void timesCountFromTheBeginningOfTheVideoWhereItIsTold() {
    CaptionResult first = window(0, 10, "a");
    CaptionResult second = window(10, 20, "b");
    first.setAttributes(Map.of(WebVtt.VIDEO_START, "2026-01-01T00:00:03.250Z"));
    second.setAttributes(first.getAttributes());
    assertThat(vtt(first, second).lines())
        .containsSubsequence(
            "NOTE 00:00:00.000 is 2026-01-01T00:00:03.250Z",
            "00:00:00.000 --> 00:00:06.750",
            "00:00:06.750 --> 00:00:16.750");
    second.setAttributes(Map.of(WebVtt.VIDEO_START, "yesterday"));
    assertThat(vtt(first, second)).contains("00:00:00.000 is 2026-01-01T00:00:00Z");
  }

  @Test
  void hoursAreNotCut() {
    assertThat(WebVtt.time(Duration.ofHours(123).plusMillis(61_001))).isEqualTo("123:01:01.001");
  }
}
