package dev.moonflow.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.video.VideoSource;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Frames of the videos that the job reads itself to requests, as a frame event would make them. A
 * file that was cut, damaged or no video is a dead letter behind its last whole frame, whose offset
 * is the number of frames before it.
 */
public final class SourcedFrames extends ProcessFunction<RawRecord, PerceptionRequest> {
  private static final long serialVersionUID = 1L;

  private final IngestSettings settings;
  private final IngestFunction.To to;
  private transient Payloads payloads;
  private transient Counter deadLetters;

  /** A function under these settings; dead letters go to {@link IngestFunction#DEAD_LETTERS}. */
  public SourcedFrames(IngestSettings settings, IngestFunction.To to) {
    this.settings = settings;
    this.to = to;
  }

  @Override
  public void open(OpenContext context) {
    payloads = new Payloads(settings);
    deadLetters = getRuntimeContext().getMetricGroup().counter("dead_letters_total");
  }

  @Override
  public void processElement(RawRecord frame, Context context, Collector<PerceptionRequest> out) {
    long time = context.timestamp() == null ? frame.timestamp() : context.timestamp();
    try {
      out.collect(frame.value() == null ? end(frame, time) : frame(frame, time));
    } catch (StageException e) {
      emitDeadLetter(frame, e, context);
    }
    RecordHeader.last(frame.headers(), VideoSource.FLAW)
        .map(RecordHeader::text)
        .map(why -> new StageException(Stage.READ_VIDEO, new VideoFlawException(why)))
        .ifPresent(e -> emitDeadLetter(frame, e, context));
  }

  private PerceptionRequest frame(RawRecord frame, long time) throws StageException {
    EncodedImage image = payloads.checked(frame.value(), frame);
    return request(
        frame,
        subject(frame, RequestKind.FRAME, time),
        List.of(PromptMessage.about(image, settings.prompts().frame())));
  }

  private PerceptionRequest end(RawRecord end, long time) {
    return request(end, subject(end, RequestKind.STREAM_END, time), List.of());
  }

  private static Subject subject(RawRecord frame, RequestKind kind, long time) {
    return Subject.of(stream(frame), id(frame), kind, time, attributes(frame))
        .frame(frame.offset());
  }

  private static String stream(RawRecord frame) {
    return new String(frame.key(), UTF_8);
  }

  private static String id(RawRecord frame) {
    return stream(frame) + "-" + frame.offset();
  }

  private PerceptionRequest request(
      RawRecord frame, Subject subject, List<PromptMessage> messages) {
    Choice choice;
    try {
      choice = EventChecks.choice(null, EventSeed.of(id(frame)), settings.sampling());
    } catch (FieldRejectedException e) {
      throw new IllegalStateException("the settings give a choice", e);
    }
    return new PerceptionRequest(
        subject, frame, messages, choice.sampling(), choice.maxNewTokens());
  }

  private void emitDeadLetter(RawRecord frame, StageException why, Context context) {
    deadLetters.inc();
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    context.output(
        IngestFunction.DEAD_LETTERS,
        DeadLetter.of(frame, why.stage().label(), why.getCause())
            .toOutputRecord(to.deadLetterTopic(), to.jobName(), subtask));
  }

  private static Map<String, String> attributes(RawRecord frame) {
    Map<String, String> attributes = new HashMap<>();
    for (RecordHeader header : frame.headers()) {
      attributes.put(header.name(), header.text());
    }
    return attributes;
  }
}
