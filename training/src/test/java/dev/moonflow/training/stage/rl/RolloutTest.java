package dev.moonflow.training.stage.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.training.batch.ImageLoader;
import dev.moonflow.training.batch.PackingSettings;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.rollout.Drawing;
import dev.moonflow.training.rollout.DrawnAnswer;
import dev.moonflow.training.rollout.PolicyEngine;
import dev.moonflow.training.rollout.Prompt;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import dev.moonflow.training.trainer.TrainingStoppedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts: drawn by one implementation, learnt from by the other, kept in a file between them. */
class RolloutTest {
  private static final EngineLimits LIMITS = new EngineLimits(8, 1024, 64, 4096, 1024, 512);

  @TempDir static Path folder;
  @TempDir Path dir;

  @BeforeAll
  static void checkpoint() throws Exception {
    Ops.threads(1);
    SyntheticCheckpoint.write(folder, SyntheticSpec.small(3));
  }

  private static Sample sample(String id, boolean image, String difficulty) {
    List<Part> parts = new ArrayList<>();
    if (image) {
      byte[] png = PngEncoder.encode(new DecodedImage(40, 28, new byte[3 * 40 * 28]));
      parts.add(new Part.Image(Role.USER, png, 40, 28));
    }
    parts.add(new Part.Text(Role.USER, "What is " + id + "?"));
    return new Sample(
        id,
        Category.REASONING,
        "test",
        "test",
        0,
        parts,
        List.of(),
        Optional.of("1"),
        Map.of("difficulty", difficulty));
  }

  private static Rollout rollout(Sample sample, DrawnAnswer answer) {
    return new Rollout(
        sample.id(), answer.prompt(), answer.tokens(), "", true, true, 1, 0, -1.5, Double.NaN);
  }

  @Test
  void engineAndModelGiveAnAnswerTheSameProbability() throws Exception {
    List<Sample> samples = List.of(sample("a", true, "0"), sample("b", false, "0"));
    try (PolicyEngine engine = PolicyEngine.load(folder, LIMITS);
        TrainableKimiVl model = TrainableKimiVl.load(folder, Precision.F32);
        NoGradient off = new NoGradient();
        Scope scope = new Scope()) {
      assertThat(List.of(off, scope)).hasSize(2);
      int media = model.config().mediaTokenId();
      List<Rollout> rollouts = new ArrayList<>();
      List<Double> expected = new ArrayList<>();
      DrawnAnswer[][] drawn =
          engine.draw(samples.stream().map(Prompt::of).toList(), new Drawing(1, 1, 6, 9));
      for (int i = 0; i < 2; i++) {
        // A policy may write the placeholder: it is no image then.
        int[] tokens = Arrays.copyOf(drawn[i][0].tokens(), drawn[i][0].tokens().length + 2);
        tokens[tokens.length - 2] = media;
        tokens[tokens.length - 1] = 7;
        DrawnAnswer answer = new DrawnAnswer(drawn[i][0].prompt(), tokens, "", true);
        rollouts.add(rollout(samples.get(i), answer));
        expected.add(engine.logProbability(Prompt.of(samples.get(i)), answer));
      }
      RolloutPacker packer =
          new RolloutPacker(
              new PackingSettings(256, 512, 512, false, false),
              new ImageLoader(PreprocessorConfig.read(folder), MediaLimits.DEFAULT),
              id -> samples.get(id.equals("a") ? 0 : 1));
      List<RolloutBatch> batches = packer.pack(rollouts);
      assertThat(batches).hasSize(1);
      double[] found = Tensors.doubles(batches.get(0).logProbabilities(model, new Tape(false)));
      assertThat(found[0]).isCloseTo(expected.get(0), within(1e-3)).isLessThan(-1);
      assertThat(found[1]).isCloseTo(expected.get(1), within(1e-3)).isLessThan(-1);
    }
  }

  @Test
  void drawsDependOnSeedAndPromptAlone() {
    List<Prompt> both =
        List.of(Prompt.of(sample("a", true, "0")), Prompt.of(sample("b", false, "0")));
    try (PolicyEngine engine = PolicyEngine.load(folder, LIMITS)) {
      DrawnAnswer[][] together = engine.draw(both, new Drawing(3, 1, 8, 5));
      DrawnAnswer[][] alone = engine.draw(both.subList(1, 2), new Drawing(2, 1, 8, 5));
      assertThat(alone[0]).containsExactly(together[1][0], together[1][1]);
      assertThat(together[1][0].tokens()).isNotEqualTo(together[1][1].tokens());
      DrawnAnswer[][] other = engine.draw(both.subList(1, 2), new Drawing(2, 1, 8, 6));
      assertThat(other[0]).isNotEqualTo(alone[0]);
    }
  }

  @Test
  void aFileGivesBackWhatWasWrittenAndTellsWhenItIsCutShort() throws Exception {
    DrawnAnswer answer = new DrawnAnswer(new int[] {1, 2}, new int[] {3}, "◁think▷", true);
    Rollout one = rollout(sample("a", false, "0"), answer);
    RolloutFile file = new RolloutFile(4, "policy", List.of(one, one.withReference(-2, 0.5)));
    Path place = RolloutFile.place(dir.resolve("rollouts"), 4);
    file.write(place);
    assertThat(RolloutFile.read(place)).isEqualTo(file);
    List<String> lines = Files.readAllLines(place);
    Files.write(place, lines.subList(0, 2));
    assertThatThrownBy(() -> RolloutFile.read(place))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessageContaining("iteration-000004.jsonl is cut short: it has 1 rollouts");
    Files.write(place, List.of(lines.get(0), lines.get(1), lines.get(2).substring(0, 20)));
    assertThatThrownBy(() -> RolloutFile.read(place)).hasMessageContaining("line 3");
  }

  @Test
  void thePoolGoesFromEasyToHardAndRemembersWhatWasSolved() {
    List<Sample> samples =
        List.of(
            sample("three", false, "3"),
            sample("easy", false, "easy"),
            sample("two", false, "2"),
            sample("easy", false, "9"));
    PromptPool pool = new PromptPool(samples);
    assertThat(pool.easiest(9).stream().map(Sample::id)).containsExactly("easy", "two", "three");
    assertThat(pool.choose(2, 2, 1).stream().map(Sample::id))
        .containsExactlyInAnyOrder("easy", "two");
    for (int i = 0; i < 4; i++) {
      pool.count("easy", true);
      pool.count("two", i == 0);
    }
    PromptPool again = new PromptPool(samples);
    again.restore(pool.state());
    int easy = 0;
    for (int key = 0; key < 200; key++) {
      List<Sample> drawn = again.choose(3, 1, key);
      assertThat(drawn).isEqualTo(pool.choose(3, 1, key));
      easy += drawn.get(0).id().equals("easy") ? 1 : 0;
    }
    assertThat(easy).as("always solved, never drawn").isZero();
    assertThatThrownBy(() -> new PromptPool(List.of(samples.get(0))).restore(pool.state()))
        .hasMessageContaining("is not in the data any more");
    assertThatThrownBy(() -> new PromptPool(List.of(sample("x", false, "tough"))))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining("sample x has the difficulty tough");
  }
}
