package dev.moonflow.training.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.optimizer.Optimizer;
import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.optimizer.StatePieces;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ranks as processes: three work, then two go on from what the three had saved; both have the
 * weights of one process.
 */
class ZeroOneTest {
  private static final long MATRICES = 10 * 63 + 21 * 13 + 15 + 24;
  private static final long OTHERS = 2 * 77 + 7;

  @TempDir static Path dir;
  private static Path resumed;

  @BeforeAll
  static void runRanks() throws IOException, InterruptedException {
    Ops.threads(1);
    resumed = Files.createDirectory(dir.resolve("resumed"));
    launch(3, "work", dir.toString());
    launch(2, "resume", dir.resolve("muon-f32").toString(), resumed.toString());
  }

  private static void launch(int ranks, String... arguments)
      throws IOException, InterruptedException {
    List<String> lines = new CopyOnWriteArrayList<>();
    int[] codes =
        new RankLauncher(
                ranks, Duration.ofSeconds(60), (rank, line) -> lines.add(rank + ": " + line))
            .run(RankMain.class, List.of(arguments));
    assertThat(codes).as(String.join("\n", lines)).containsOnly(0);
  }

  private static Map<String, String> facts(int rank) throws IOException {
    Map<String, String> facts = new HashMap<>();
    for (String line : Files.readAllLines(dir.resolve("facts-" + rank))) {
      int space = line.indexOf(' ');
      facts.put(line.substring(0, space), line.substring(space + 1));
    }
    return facts;
  }

  private static long sumOverRanks(String fact) throws IOException {
    long sum = 0;
    for (int rank = 0; rank < 3; rank++) {
      sum += Long.parseLong(facts(rank).get(fact));
    }
    return sum;
  }

  private static Parameters single(OptimizerSettings settings) {
    Parameters parameters = ToyModel.parameters();
    try (Optimizer optimizer = settings.create(parameters)) {
      for (int step = 1; step <= RankMain.STEPS; step++) {
        ToyModel.gradients(parameters, step, 0, 1);
        optimizer.step(RankMain.RATE);
      }
    }
    return parameters;
  }

  private static void assertClose(Path file, OptimizerSettings settings, double tolerance) {
    try (Scope scope = new Scope()) {
      Parameters expected = single(settings);
      Map<String, Tensor> weights = SavedTensors.read(file);
      for (String name : expected.names()) {
        float[] a = Tensors.floats(weights.get(name));
        float[] b = Tensors.floats(expected.get(name));
        for (int i = 0; i < b.length; i++) {
          assertThat(a[i]).as("%s[%d]", name, i).isCloseTo(b[i], within((float) tolerance));
        }
      }
    }
  }

  /** In bfloat16 a straddling matrix is rounded before Newton-Schulz, which moves its update. */
  @ParameterizedTest
  @CsvSource({"muon-f32,true,2e-6", "muon-bf16,true,6e-3", "adamw,false,2e-6"})
  void threeRanksHaveTheWeightsOfOne(String run, boolean muon, double tolerance)
      throws IOException {
    Path folder = dir.resolve(run);
    OptimizerSettings settings =
        muon ? OptimizerSettings.standard() : OptimizerSettings.adamwOnly();
    assertClose(folder.resolve("weights-0.safetensors"), settings, tolerance);
    byte[] bits = Files.readAllBytes(folder.resolve("weights-0.safetensors"));
    assertThat(Files.readAllBytes(folder.resolve("weights-1.safetensors"))).isEqualTo(bits);
    assertThat(Files.readAllBytes(folder.resolve("weights-2.safetensors"))).isEqualTo(bits);
  }

  @Test
  void twoRanksGoOnFromTheStateOfThree() {
    for (int rank = 0; rank < 2; rank++) {
      assertClose(
          resumed.resolve("weights-" + rank + ".safetensors"), OptimizerSettings.standard(), 2e-6);
    }
  }

  @Test
  void reshardingChangesNoBitAndOneProcessReadsIt() throws IOException {
    try (Scope scope = new Scope();
        Optimizer three = OptimizerSettings.standard().create(ToyModel.parameters());
        Optimizer two = OptimizerSettings.standard().create(ToyModel.parameters())) {
      three.restore(SavedTensors.union(dir.resolve("muon-f32"), "early-state-"));
      two.restore(SavedTensors.union(resumed, "early-state-"));
      Map<String, Tensor> other = two.state();
      three
          .state()
          .forEach(
              (name, tensor) ->
                  assertThat(Tensors.floats(other.get(name)))
                      .as(name)
                      .containsExactly(Tensors.floats(tensor)));
      Tensor momentum = three.state().get("attention.weight.momentum");
      assertThat(Tensors.floats(momentum)).doesNotContain(0f);
      StatePieces pieces =
          new StatePieces(SavedTensors.read(resumed.resolve("early-state-1.safetensors")));
      assertThatThrownBy(
              () ->
                  pieces.read(
                      "experts.0.up_proj.weight.momentum", Ops.zeros(ScalarType.Float, 9, 7)))
          .hasMessage("saved optimizer state lacks experts.0.up_proj.weight.momentum");
    }
  }

  @Test
  void theNormIsThatOfTheMeanGradient() throws IOException {
    Parameters parameters = ToyModel.parameters();
    try (Optimizer optimizer = OptimizerSettings.standard().create(parameters)) {
      ToyModel.gradients(parameters, RankMain.STEPS, 0, 1);
      optimizer.step(0);
      for (int rank = 0; rank < 3; rank++) {
        assertThat(Double.parseDouble(facts(rank).get("muon-f32-norm")))
            .isCloseTo(optimizer.gradientNorm(), within(1e-6));
      }
    }
  }

  @Test
  void aGroupOfOneHasTheBitsOfThePlainOptimizer() {
    try (Scope scope = new Scope()) {
      Parameters expected = single(OptimizerSettings.standard());
      Parameters parameters = ToyModel.parameters();
      try (ZeroOneOptimizer optimizer =
          new ZeroOneOptimizer(
              parameters, OptimizerSettings.standard(), new SingleRank(), ScalarType.BFloat16)) {
        for (int step = 1; step <= RankMain.STEPS; step++) {
          ToyModel.gradients(parameters, step, 0, 1);
          optimizer.step(RankMain.RATE);
        }
      }
      for (String name : expected.names()) {
        assertThat(Tensors.floats(parameters.get(name)))
            .as(name)
            .containsExactly(Tensors.floats(expected.get(name)));
      }
    }
  }

  /** SPEC section 12.1: one buffer instead of two, 1 to 1.25 times the bytes of AdamW. */
  @Test
  void stateAndTrafficAreWhatThePaperSays() throws IOException {
    long muonState = sumOverRanks("muon-bf16-state-bytes");
    long adamwState = sumOverRanks("adamw-state-bytes");
    // Padding of shards and step counts are a few bytes more.
    assertThat(muonState - (4 * MATRICES + 8 * OTHERS)).isBetween(0L, 120L);
    assertThat(adamwState - 8 * (MATRICES + OTHERS)).isBetween(0L, 160L);
    long muonBytes = sumOverRanks("muon-bf16-step-bytes");
    long adamwBytes = sumOverRanks("adamw-step-bytes");
    assertThat((double) muonBytes / adamwBytes).isBetween(1.0, 1.25);
    assertThat(sumOverRanks("muon-f32-step-bytes")).isGreaterThan(muonBytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Float", "Double", "BFloat16"})
  void everyCollectiveGivesWhatItsNameSays(String type) throws IOException {
    for (int rank = 0; rank < 3; rank++) {
      Map<String, String> own = facts(rank);
      assertThat(own.get("all-reduce-" + type)).isEqualTo("[6.0, 60.0]");
      assertThat(own.get("reduce-scatter-" + type))
          .isEqualTo(Arrays.toString(new float[] {6 * (2 * rank + 1), 6 * (2 * rank + 2)}));
      assertThat(own.get("all-gather-" + type)).isEqualTo("[1.0, -1.0, 2.0, -2.0, 3.0, -3.0]");
      assertThat(own.get("broadcast-" + type)).isEqualTo("[3.0]");
    }
    assertThat(facts(0).get("exchange-" + type)).isEqualTo("[1.0, 2.0, 2.0, 3.0, 3.0, 3.0]");
  }

  @Test
  void bytesAreCountedByCollective() throws IOException {
    // Two values of 4, 8 and 2 bytes to each of two others; rank 1 sends two values to rank 0.
    assertThat(facts(0).get("traffic"))
        .contains("reduce-scatter=56", "all-gather=56", "all-to-all=0");
    assertThat(facts(1).get("traffic"))
        .contains("reduce-scatter=56", "all-gather=56", "all-to-all=28");
  }
}
