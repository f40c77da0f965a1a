package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.ingest.EncodedImage;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;

/**
 * Savepoints of the operator in mid-generation, kept among the test resources: one for each version
 * of progress in state since the second, which their names end with. Each is the {@code _metadata}
 * file of a canonical savepoint in which the operator stands under its uid, so that Flink itself
 * could restore it.
 *
 * <p>{@link #main} writes one of today's form; a file that is there is never written again.
 */
final class GoldenSavepoint {
  static final String UID = "perceive";

  /** Steps of the engine before the savepoint was taken. */
  static final int STEPS = 7;

  private static final String FOLDER = "src/test/resources/savepoints";

  private GoldenSavepoint() {}

  /** What is in flight when it is taken, in the order of arrival. */
  static List<PerceptionRequest> requests() {
    List<PerceptionRequest> all = new ArrayList<>();
    all.add(question("greedy", "g-1", "Say it plainly", 0f, 20, null));
    all.add(question("sampled", "s-1", "Say it again", 0.9f, 25, null));
    all.add(question("sampled", "s-2", "short", 0.9f, 3, null)); // done, waits for s-1
    all.add(question("chosen", "c-1", "Which?", 0f, 15, new Constraint.Choices(List.of("a", "b"))));
    all.add(image("scanner", "i-1", "Read", 12));
    Subject document =
        Subject.of("scanner", "d-1", RequestKind.IMAGE_OCR, 6_000, Map.of("customer", "7"));
    all.add(about(document.page(RequestKind.PAGE, 1, 2), "Page one", 18));
    all.add(about(document.page(RequestKind.FAILED_PAGE, 2, 2), null, 1));
    all.add(question("greedy", "b-1", FakeEngine.UNPREPARABLE, 0f, 5, null));
    return all;
  }

  private static PerceptionRequest question(
      String key, String id, String text, float temperature, int max, Constraint constraint) {
    return new PerceptionRequest(
        Subject.of(key, id, RequestKind.QUESTION, 5_000, Map.of("k", "v")),
        source(id),
        List.of(new PromptMessage("user", List.of(new PromptPart.Text(text)))),
        new SamplingParameters(temperature, 0.95f, id.hashCode(), constraint == null),
        max,
        constraint);
  }

  private static PerceptionRequest image(String key, String id, String text, int max) {
    return new PerceptionRequest(
        Subject.of(key, id, RequestKind.IMAGE_OCR, 5_500, Map.of()),
        source(id),
        List.of(PromptMessage.about(EncodedImage.of(png()), text)),
        new SamplingParameters(0.7f, 1f, 99, true),
        max);
  }

  private static PerceptionRequest about(Subject subject, String text, int max) {
    return new PerceptionRequest(
        subject,
        source(subject.eventId()),
        text == null
            ? List.of()
            : List.of(new PromptMessage("user", List.of(new PromptPart.Text(text)))),
        new SamplingParameters(1f, 1f, subject.page(), true),
        max);
  }

  private static RawRecord source(String id) {
    return new RawRecord(
        "events",
        3,
        id.charAt(id.length() - 1),
        7,
        new byte[] {1},
        new byte[] {1, 2, 3},
        List.of(RecordHeader.of("ce_id", id)));
  }

  private static byte[] png() {
    BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 1, 0x336699);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The operator's state in a savepoint of that name. */
  static OperatorSubtaskState read(String name) throws IOException {
    try (InputStream file = GoldenSavepoint.class.getResourceAsStream("/savepoints/" + name);
        DataInputStream in = new DataInputStream(file)) {
      CheckpointMetadata savepoint =
          Checkpoints.loadCheckpointMetadata(in, GoldenSavepoint.class.getClassLoader(), name);
      return savepoint.getOperatorStates().stream()
          .filter(state -> state.getOperatorID().equals(id()))
          .findFirst()
          .orElseThrow()
          .getState(0);
    }
  }

  private static OperatorID id() {
    return new OperatorID(StreamGraphHasherV2.generateUserSpecifiedHash(UID));
  }

  /** Takes one in mid-generation. */
  static OperatorSubtaskState take(PerceiveHarness harness, FakeModel model) throws Exception {
    for (PerceptionRequest request : requests()) {
      harness.send(request, request.subject().eventTimeMillis());
    }
    harness.runUntil(() -> model.resumed.size() == requests().size() - 2);
    model.steps.release(STEPS);
    harness.runUntil(() -> model.stepsDone.get() == STEPS && harness.getTaskMailbox().size() == 0);
    return harness
        .snapshotWithLocalState(1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
        .getJobManagerOwnedState();
  }

  /**
   * Writes a savepoint of today's form.
   *
   * @param arguments the name, for example {@code perceive-3}
   */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(FOLDER, arguments[0]);
    String path = "fake/golden-savepoint";
    Settings settings = PerceiveHarness.settings(path).with("moonflow.state.keep", "embeddings");
    try (PerceiveHarness harness = PerceiveHarness.of(settings, new FakeModel.Loader(), 1, 0)) {
      harness.setStateBackend(new HashMapStateBackend());
      harness.open();
      OperatorState state = new OperatorState(UID, UID, id(), 1, PerceiveHarness.MAX_PARALLELISM);
      state.putState(0, take(harness, FakeModel.at(path)));
      Files.createDirectories(file.getParent());
      try (OutputStream out =
          Files.newOutputStream(file, java.nio.file.StandardOpenOption.CREATE_NEW)) {
        Checkpoints.storeCheckpointMetadata(
            new CheckpointMetadata(1, List.of(state), List.of()), out);
      }
    }
  }
}
