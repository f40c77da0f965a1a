package dev.moonflow.jobs.cli.results;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.schemas.CaptionResult;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The captions of one stream as <a href="https://www.w3.org/TR/webvtt1/">WebVTT</a>. A window is a
 * cue; one in which nothing changed makes the cue before it longer. A later record of the same time
 * corrects an earlier one. The caption of a single frame lasts until the next one, at most {@link
 * #FRAME_CUE_MAX}.
 *
 * <p>Cue times count from the beginning of the video where its events tell it (attribute {@code
 * video_start}), else from the beginning of the first cue; a note says which time that is.
 */
public final class WebVtt {
  /** Attribute of frames that tells when their video begins, ISO 8601. */
  public static final String VIDEO_START = "video_start";

  /** How long the caption of a single frame lasts at most. */
  static final Duration FRAME_CUE_MAX = Duration.ofSeconds(10);

  private static final int CAPTIONS_MAX = 1_000_000;

  private final String stream;
  private final TreeMap<Instant, CaptionResult> captions = new TreeMap<>();

  /** The captions of a stream, none yet. */
  public WebVtt(String stream) {
    this.stream = stream;
  }

  private record Cue(Instant start, Instant end, String text) {}

  /** Takes the next record of the topic; other streams' are passed over. */
  public void add(CaptionResult caption) {
    boolean timed = caption.getWindowStart() != null || caption.getFrameIndex() != null;
    if (!timed || !caption.getSourceId().equals(stream)) {
      return;
    }
    captions.put(start(caption), caption);
    if (captions.size() > CAPTIONS_MAX) {
      throw new UserException(
          "The stream " + stream + " has more than " + CAPTIONS_MAX + " captions.");
    }
  }

  /** Captions so far. */
  public int size() {
    return captions.size();
  }

  private static Instant start(CaptionResult caption) {
    return caption.getWindowStart() == null ? caption.getEventTime() : caption.getWindowStart();
  }

  /** The file, lines ended by line feeds. */
  public String text() {
    StringBuilder file = new StringBuilder("WEBVTT\n");
    if (captions.isEmpty()) {
      return file.toString();
    }
    Instant zero = zero();
    file.append("\nNOTE 00:00:00.000 is ").append(zero).append('\n');
    int number = 0;
    for (Cue cue : cues()) {
      if (!cue.end().isAfter(zero)) {
        continue;
      }
      number++;
      file.append('\n')
          .append(number)
          .append('\n')
          .append(time(Duration.between(zero, cue.start())))
          .append(" --> ")
          .append(time(Duration.between(zero, cue.end())))
          .append('\n')
          .append(cue.text())
          .append('\n');
    }
    return file.toString();
  }

  /** When the last video that tells it began, if that is not behind every caption. */
  private Instant zero() {
    Instant first = captions.firstKey();
    String told = captions.lastEntry().getValue().getAttributes().get(VIDEO_START);
    if (told == null) {
      return first;
    }
    try {
      Instant start = Instant.parse(told);
      return start.isBefore(captions.lastKey()) || start.equals(first) ? start : first;
    } catch (DateTimeException e) {
      return first;
    }
  }

  private List<Cue> cues() {
    List<Cue> cues = new ArrayList<>();
    for (Map.Entry<Instant, CaptionResult> entry : captions.entrySet()) {
      CaptionResult caption = entry.getValue();
      String text = cueText(caption.getCaption());
      Instant end = end(entry.getKey(), caption);
      Cue before = cues.isEmpty() ? null : cues.get(cues.size() - 1);
      if (caption.getUnchanged()
          && before != null
          && before.end().equals(entry.getKey())
          && before.text().equals(text)) {
        cues.set(cues.size() - 1, new Cue(before.start(), end, text));
      } else if (!text.isEmpty()) {
        cues.add(new Cue(entry.getKey(), end, text));
      }
    }
    cues.sort(Comparator.comparing(Cue::start));
    return cues;
  }

  private Instant end(Instant start, CaptionResult caption) {
    if (caption.getWindowEnd() != null) {
      return caption.getWindowEnd();
    }
    Instant longest = start.plus(FRAME_CUE_MAX);
    Instant next = captions.higherKey(start);
    return next != null && next.isBefore(longest) ? next : longest;
  }

  /** {@code hh:mm:ss.ttt}, hours of two digits or more; what lies before zero is zero. */
  static String time(Duration sinceZero) {
    long millis = Math.max(0, sinceZero.toMillis());
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1_000 % 60,
        millis % 1_000);
  }

  /**
   * Text as a cue's payload: {@code & < >} escaped, so that there is neither markup nor an arrow;
   * no blank line, which would end the cue; no control characters.
   */
  static String cueText(String caption) {
    return caption
        .lines()
        .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
        .filter(line -> !line.isEmpty())
        .map(line -> line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        .collect(Collectors.joining("\n"));
  }
}
