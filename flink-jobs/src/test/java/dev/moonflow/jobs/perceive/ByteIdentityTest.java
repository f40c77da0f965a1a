package dev.moonflow.jobs.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.graph.KimiVlLoader;
import dev.moonflow.jobs.ingest.EncodedImage;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The bytes of a result do not depend on batch, chunks of the prompt, order of arrival,
 * parallelism, device, restarts, caches or what state keeps; greedy, sampled or constrained.
 */
class ByteIdentityTest {
  private static final Path GOLDEN = Path.of(System.getProperty("moonflow.golden.dir"));
  private static final int VARIANTS = 6;
  private static final int REQUESTS = 12;

  @Test
  void ofAResultAreTheSameHoweverItCameAbout() throws Exception {
    long seed = Long.getLong("moonflow.identity.seed", new Random().nextLong());
    int variants = Integer.getInteger("moonflow.identity.variants", VARIANTS);
    System.out.println("ByteIdentityTest seed " + seed + ", " + variants + " variants");
    Random random = new Random(seed);
    List<PerceptionRequest> requests = requests(random);
    Map<String, byte[]> alone =
        run(settings("cpu", 1, 16_384, 512, "tokens", "1b"), requests, 0, random);
    assertThat(alone).hasSize(REQUESTS);
    for (int v = 0; v < variants; v++) {
      List<PerceptionRequest> shuffled = new ArrayList<>(requests);
      Collections.shuffle(shuffled, random);
      int running = 1 + random.nextInt(REQUESTS);
      int restarts = random.nextInt(5);
      Settings settings =
          settings(
              v % 2 == 1 && hasOpenCl() ? "opencl" : "cpu",
              running,
              4 + random.nextInt(400),
              running + random.nextInt(60),
              random.nextBoolean() ? "tokens" : "embeddings",
              random.nextBoolean() ? "1b" : "16mb");
      Map<String, byte[]> found = run(settings, shuffled, restarts, random);
      assertThat(found.keySet()).isEqualTo(alone.keySet());
      alone.forEach(
          (id, bytes) ->
              assertThat(found.get(id))
                  .as("seed %d, variant %d, %s: %s", seed, variants, id, settings.asMap())
                  .isEqualTo(bytes));
    }
  }

  private static boolean hasOpenCl() {
    try (Kernels kernels = Kernels.open(DeviceChoice.OPENCL)) {
      return kernels.device().equals("opencl");
    } catch (DeviceException e) {
      System.out.println("ByteIdentityTest without OpenCL: " + e.getMessage());
      return false;
    }
  }

  private static Settings settings(
      String device, int running, int patches, int tokens, String keep, String featureCache) {
    return PerceiveHarness.settings(GOLDEN.resolve("checkpoint").toString())
        .with("moonflow.device", device)
        .with("moonflow.engine.requests-running", "" + running)
        .with("moonflow.engine.patches-per-step", "" + patches)
        .with("moonflow.engine.tokens-per-step", "" + tokens)
        .with("moonflow.engine.cache-tokens", "16384")
        .with("moonflow.engine.feature-cache", featureCache)
        .with("moonflow.state.keep", keep);
  }

  /** Results by event; so many kills on the way, each followed by another parallelism. */
  private static Map<String, byte[]> run(
      Settings settings, List<PerceptionRequest> requests, int kills, Random random)
      throws Exception {
    try (RestartingJob job = new RestartingJob(settings, new KimiVlLoader(), requests)) {
      job.start(1 + (kills == 0 ? 0 : random.nextInt(3)));
      for (int kill = 0; kill < kills; kill++) {
        for (int turns = random.nextInt(120); turns > 0 && !job.idle(); turns--) {
          turn(job);
          if (random.nextInt(30) == 0) {
            job.checkpoint();
          }
        }
        job.kill();
        job.start(1 + random.nextInt(3));
      }
      while (!job.idle()) {
        turn(job);
      }
      job.checkpoint();
      return job.committed();
    }
  }

  private static void turn(RestartingJob job) throws Exception {
    if (!job.send(REQUESTS) & !job.runMails()) {
      Thread.sleep(1);
    }
  }

  private static List<PerceptionRequest> requests(Random random) throws Exception {
    List<String> names = List.of("a_37x61.png", "e_28x28.png", "b_200x100.png");
    List<PerceptionRequest> all = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      List<PromptPart> parts = new ArrayList<>();
      for (int images = i % 3; images > 0; images--) {
        Path file = GOLDEN.resolve("images").resolve(names.get(random.nextInt(names.size())));
        parts.add(new PromptPart.Image(EncodedImage.of(Files.readAllBytes(file))));
      }
      parts.add(new PromptPart.Text("Say it " + "again ".repeat(random.nextInt(12))));
      boolean chosen = i % 4 == 3;
      SamplingParameters sampling =
          i % 2 == 0
              ? new SamplingParameters(0f, 1f, 0, !chosen)
              : new SamplingParameters(0.9f, i % 3 == 0 ? 1f : 0.9f, random.nextLong(), !chosen);
      all.add(
          new PerceptionRequest(
              Subject.of("key" + i, "e" + i, RequestKind.QUESTION, i, Map.of()),
              new RawRecord("questions", 0, i, 7, null, null, List.of()),
              List.of(new PromptMessage("user", parts)),
              sampling,
              8 + random.nextInt(24),
              chosen ? new Constraint.Choices(List.of("seven times", "never", "se")) : null));
    }
    return all;
  }
}
