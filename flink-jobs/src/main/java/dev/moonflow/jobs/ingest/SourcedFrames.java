package dev.moonflow.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Frames of the videos that the job reads itself to requests, as a frame event would make them. */
public final class SourcedFrames extends ProcessFunction<RawRecord, PerceptionRequest> {
  private static final long serialVersionUID = 1L;

  private final IngestSettings settings;
  private final IngestFunction.To to;
  private transient Payloads payloads;

  /** A function under these settings; dead letters go to {@link IngestFunction#DEAD_LETTERS}. */
  public SourcedFrames(IngestSettings settings, IngestFunction.To to) {
    this.settings = settings;
    this.to = to;
  }

  @Override
  public void open(OpenContext context) {
    payloads = new Payloads(settings);
  }

  @Override
  public void processElement(RawRecord frame, Context context, Collector<PerceptionRequest> out) {
    String stream = new String(frame.key(), UTF_8);
    long time = context.timestamp() == null ? frame.timestamp() : context.timestamp();
    boolean end = frame.value() == null;
    String id = stream + "-" + frame.offset();
    try {
      Choice choice = EventChecks.choice(null, EventSeed.of(id), settings.sampling());
      Subject subject =
          Subject.of(
                  stream,
                  id,
                  end ? RequestKind.STREAM_END : RequestKind.FRAME,
                  time,
                  attributes(frame))
              .frame(frame.offset());
      out.collect(
          new PerceptionRequest(
              subject,
              frame,
              end
                  ? List.of()
                  : List.of(
                      PromptMessage.about(
                          payloads.checked(frame.value(), frame), settings.prompts().frame())),
              choice.sampling(),
              choice.maxNewTokens()));
    } catch (FieldRejectedException e) {
      throw new IllegalStateException("the settings give a choice", e);
    } catch (StageException e) {
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      context.output(
          IngestFunction.DEAD_LETTERS,
          DeadLetter.of(frame, e.stage().label(), e.getCause())
              .toOutputRecord(to.deadLetterTopic(), to.jobName(), subtask));
    }
  }

  private static Map<String, String> attributes(RawRecord frame) {
    Map<String, String> attributes = new HashMap<>();
    for (RecordHeader header : frame.headers()) {
      attributes.put(header.name(), header.text());
    }
    return attributes;
  }
}
