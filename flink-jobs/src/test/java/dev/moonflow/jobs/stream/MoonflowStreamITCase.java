package dev.moonflow.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.ask.ImageFiles;
import dev.moonflow.model.ask.VisionModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job of one's own around the model, which fails once on its way. */
class MoonflowStreamITCase {
  private static final Path GOLDEN = Path.of(System.getProperty("moonflow.golden.dir"));
  private static final Path PICTURE = GOLDEN.resolve("images").resolve("a_37x61.png");
  private static final int SCANS = 40;
  private static final AtomicInteger SEEN = new AtomicInteger();

  @TempDir Path folder;

  /** An element of the job. */
  public record Scan(int id, String customer, byte[] image) {}

  /** What is kept of the elements that came out. */
  public record Read(int id, String text, boolean failed) {}

  private StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.setString("rest.port", "0");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "3");
    configuration.setString("restart-strategy.fixed-delay.delay", "50ms");
    configuration.setString("execution.checkpointing.dir", folder.toUri().toString());
    StreamExecutionEnvironment flink =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    flink.enableCheckpointing(100);
    return flink;
  }

  private static PerceiveBuilder<Scan> ask(DataStream<Scan> scans) {
    return Moonflow.perceive(scans, Scan::image)
        .model(GOLDEN.resolve("checkpoint").toString())
        .prompt(scan -> scan.id() % 2 == 0 ? null : "How many?")
        .key(Scan::customer)
        .maxNewTokens(12)
        .set("moonflow.device", "cpu")
        .set("moonflow.engine.requests-running", "4");
  }

  @Test
  void everyElementComesOutOnceInOrderAlthoughTheJobFails() throws Exception {
    byte[] picture = Files.readAllBytes(PICTURE);
    List<Scan> scans = new ArrayList<>();
    for (int i = 0; i < SCANS; i++) {
      scans.add(new Scan(i, "c" + i % 3, i == 17 ? new byte[] {1} : picture));
    }
    StreamExecutionEnvironment flink = environment();
    Perceptions<Scan> read = ask(flink.fromData(scans)).build();
    DataStream<Read> all =
        read.answers()
            .map(MoonflowStreamITCase::failOnce)
            .map(a -> new Read(a.f0.id(), a.f1.text(), false))
            .union(read.failures().map(f -> new Read(f.f0.id(), f.f1.reason(), true)));

    List<Read> out = all.executeAndCollect(SCANS);

    assertThat(SEEN.get()).as("it failed").isGreaterThan(SCANS / 2);
    assertThat(out.stream().map(Read::id).collect(Collectors.toSet())).hasSize(SCANS);
    Map<Boolean, List<Read>> parts = out.stream().collect(Collectors.partitioningBy(Read::failed));
    assertThat(parts.get(true)).extracting(Read::id).containsExactly(17);
    for (int customer = 0; customer < 3; customer++) {
      int of = customer;
      assertThat(parts.get(false).stream().map(Read::id).filter(id -> id % 3 == of).toList())
          .isSorted();
    }
    try (VisionModel model = VisionModel.load(GOLDEN.resolve("checkpoint"), DeviceChoice.CPU)) {
      var image = ImageFiles.read(PICTURE);
      String even = model.ask(image, "Read all the text in this image.", 12, p -> {}).text();
      String odd = model.ask(image, "How many?", 12, p -> {}).text();
      assertThat(even).isNotEqualTo(odd);
      assertThat(parts.get(false))
          .allSatisfy(r -> assertThat(r.text()).isEqualTo(r.id() % 2 == 0 ? even : odd));
    }
  }

  private static Tuple2<Scan, Answer> failOnce(Tuple2<Scan, Answer> answer) {
    if (SEEN.incrementAndGet() == SCANS / 2) {
      throw new IllegalStateException("this job fails once");
    }
    return answer;
  }

  @Test
  void whatCannotWorkIsRefusedBeforeTheJobRuns() {
    DataStream<Scan> scans = environment().fromData(new Scan(1, "c", null));
    assertThatThrownBy(() -> Moonflow.perceive(scans, Scan::image).build())
        .isInstanceOf(SettingsException.class)
        .hasMessage("Setting moonflow.model.path is required and not given.");
    assertThatThrownBy(() -> ask(scans).maxNewTokens(0).build())
        .hasMessageContaining("moonflow.generation.max-new-tokens must lie in");
    assertThatThrownBy(() -> ask(scans).jsonSchema("{\"type\": \"tuple\"}").build())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("No answer can have the form");
  }
}
