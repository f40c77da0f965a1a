package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The operator in Flink's harness, with its mailbox run by hand. */
final class PerceiveHarness
    extends KeyedOneInputStreamOperatorTestHarness<String, PerceptionRequest, Perceived> {
  static final int MAX_PARALLELISM = 16;
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static long offsets;

  /** One subtask of what a factory makes. */
  PerceiveHarness(PerceiveOperatorFactory factory, int parallelism, int subtask) throws Exception {
    super(factory, PerceptionRequest::key, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
    setup(PerceivedSerializer.INSTANCE);
  }

  /** One subtask on the fake model of a path. */
  static PerceiveHarness fake(String path, int inFlight, int parallelism, int subtask)
      throws Exception {
    return of(
        settings(path).with("moonflow.engine.requests-in-flight", "" + inFlight),
        new FakeModel.Loader(),
        parallelism,
        subtask);
  }

  /** One subtask on a model. */
  static PerceiveHarness of(Settings settings, ModelLoader loader, int parallelism, int subtask)
      throws Exception {
    return new PerceiveHarness(
        new PerceiveOperatorFactory(new PerceiveSettings(settings), loader), parallelism, subtask);
  }

  static Settings settings(String path) {
    return Settings.of(
        Map.of(
            "moonflow.model.path", path,
            "moonflow.kafka.bootstrap-servers", "nowhere:9092",
            "moonflow.registry.url", "http://nowhere",
            "moonflow.device", "cpu"));
  }

  /** A question of one user message. */
  static PerceptionRequest question(String key, String text, int maxNewTokens) {
    return new PerceptionRequest(
        Subject.of(key, key + "/" + text, RequestKind.QUESTION, 5, Map.of()),
        new RawRecord("questions", 0, offsets++, 7, null, new byte[] {1, 2, 3}, List.of()),
        List.of(new PromptMessage("user", List.of(new PromptPart.Text(text)))),
        new SamplingParameters(1f, 1f, text.length(), true),
        maxNewTokens);
  }

  void send(PerceptionRequest request, long timestamp) throws Exception {
    processElement(new StreamRecord<>(request, timestamp));
  }

  /** Runs mails until something holds. */
  void runUntil(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.call()) {
      Optional<Mail> mail = getTaskMailbox().tryTake(0);
      if (mail.isPresent()) {
        mail.get().run();
      } else if (System.nanoTime() > deadline) {
        throw new AssertionError("still waiting; output so far " + getOutput());
      } else {
        Thread.sleep(1);
      }
    }
  }

  int inFlight() {
    return ((PerceiveOperator) getOperator()).inFlight();
  }

  void runUntilResults(int count) throws Exception {
    runUntil(() -> results().size() >= count);
  }

  List<Perceived> results() {
    return extractOutputValues();
  }

  /** Event ids of the results, and watermarks as numbers, in the order of the output. */
  List<String> outputInOrder() {
    List<String> all = new ArrayList<>();
    for (Object element : getOutput()) {
      if (element instanceof Watermark mark) {
        all.add("W" + mark.getTimestamp());
      } else if (element instanceof WatermarkStatus status) {
        all.add(status.isIdle() ? "idle" : "active");
      } else if (element instanceof StreamRecord<?> record) {
        all.add(((Perceived) record.getValue()).subject().eventId());
      }
    }
    return all;
  }

  List<OutputRecord> deadLetters() {
    var letters = getSideOutput(PerceiveOperator.DEAD_LETTERS);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  /** Results of several subtasks. */
  static List<Perceived> resultsOf(PerceiveHarness... harnesses) {
    return Stream.of(harnesses).flatMap(h -> h.results().stream()).toList();
  }
}
