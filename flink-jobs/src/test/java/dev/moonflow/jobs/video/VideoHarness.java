package dev.moonflow.jobs.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.jobs.ingest.FrameWindow;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The function in Flink's harness: windows of ten seconds, two seconds late, idle after thirty. */
final class VideoHarness
    extends KeyedOneInputStreamOperatorTestHarness<String, PerceptionRequest, PerceptionRequest> {
  static final VideoSettings SETTINGS =
      new VideoSettings(
          Duration.ofSeconds(10),
          0.04,
          3,
          1,
          2,
          "Before: {caption}",
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          1 << 20,
          MediaLimits.DEFAULT,
          new VideoSettings.To("letters", "job"));

  private int seen;

  void clear() {
    getOutput().clear();
    seen = 0;
  }

  VideoHarness(OperatorSubtaskState state) throws Exception {
    this(SETTINGS, state);
  }

  VideoHarness(VideoSettings settings, OperatorSubtaskState state) throws Exception {
    super(
        new KeyedProcessOperator<>(new VideoFunction(settings)),
        PerceptionRequest::key,
        Types.STRING);
    setup(PerceptionRequest.TYPE.createSerializer(getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      initializeState(state);
    }
    open();
  }

  void send(PerceptionRequest... requests) throws Exception {
    for (PerceptionRequest request : requests) {
      processElement(new StreamRecord<>(request));
    }
  }

  /** What has left since the last call. */
  List<PerceptionRequest> taken() {
    List<PerceptionRequest> all = extractOutputValues();
    List<PerceptionRequest> news = all.subList(seen, all.size());
    seen = all.size();
    return news;
  }

  /** The same in short: {@code cam 0-10 frames 3-1+0 shows 1|2} or {@code cam 10-20 same}. */
  List<String> left() {
    return taken().stream().map(VideoHarness::line).toList();
  }

  static String line(PerceptionRequest request) {
    if (request.subject().kind() == RequestKind.STREAM_END) {
      return request.key() + " end";
    }
    FrameWindow window = request.subject().window();
    StringBuilder line = new StringBuilder();
    line.append(request.key())
        .append(' ')
        .append((window.startMillis() - Frames.T0) / 1000)
        .append('-')
        .append((window.endMillis() - Frames.T0) / 1000)
        .append(" frames ")
        .append(window.frames())
        .append('-')
        .append(window.skipped())
        .append('+')
        .append(window.missing());
    if (request.subject().kind() == RequestKind.UNCHANGED_WINDOW) {
      return line.append(" same").toString();
    }
    line.append(" shows ");
    for (PromptPart part : request.messages().get(0).parts()) {
      if (part instanceof PromptPart.Image image) {
        line.append(level(image.file().bytes())).append(' ');
      } else if (part instanceof PromptPart.Earlier) {
        line.append("| ");
      }
    }
    return line.toString().strip();
  }

  private static int level(byte[] png) {
    try {
      return dev.moonflow.connectors.media.ImageReader.decode(png, MediaLimits.DEFAULT).rgb()[0]
          & 255;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  List<String> letters() {
    List<String> letters = new ArrayList<>();
    var side = getSideOutput(VideoFunction.DEAD_LETTERS);
    if (side != null) {
      for (StreamRecord<OutputRecord> each : side) {
        OutputRecord letter = each.getValue();
        letters.add(
            new String(letter.key(), UTF_8)
                + " "
                + header(letter, ErrorHeaders.STAGE)
                + ": "
                + header(letter, ErrorHeaders.MESSAGE));
      }
    }
    return letters;
  }

  private static String header(OutputRecord letter, String name) {
    return RecordHeader.last(letter.headers(), name).orElseThrow().text();
  }

  /** Bytes of keyed state in a checkpoint. */
  long stateBytes(long checkpoint) throws Exception {
    return snapshot(checkpoint, checkpoint).getManagedKeyedState().stream()
        .mapToLong(handle -> handle.getStateSize())
        .sum();
  }
}
