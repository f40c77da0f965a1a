package dev.moonflow.training.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.Sampled;
import dev.moonflow.training.sample.answer.SampledAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSamplerTest {
  private static final Generators GENERATORS = Generators.standard();

  @TempDir static Path folder;
  private static PolicyEngine engine;

  @BeforeAll
  static void load() throws Exception {
    SyntheticCheckpoint.write(folder, SyntheticSpec.small(3));
    engine = PolicyEngine.load(folder, EngineLimits.defaults());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void answersAreAFunctionOfExampleAndSeedWhateverIsAskedBeside() {
    EngineSampler sampler = new EngineSampler(engine, 1.0, 8);
    Sample word = GENERATORS.named("instruct-choice").generate(1, 1);
    Sample sum = GENERATORS.named("reason-arithmetic").generate(1, 2);
    List<Sampled> both = sampler.answers(List.of(word, sum), 3, 7);
    assertThat(both).hasSize(2).allMatch(answers -> all(answers).size() == 3);
    assertThat(sampler.answers(List.of(sum), 3, 7).get(0)).isEqualTo(both.get(1));
    assertThat(all(sampler.answers(List.of(sum), 2, 7).get(0)))
        .isEqualTo(all(both.get(1)).subList(0, 2));
    assertThat(sampler.answers(List.of(sum), 3, 8).get(0)).isNotEqualTo(both.get(1));
    assertThat(new HashSet<>(all(both.get(1)))).hasSizeGreaterThan(1);
  }

  private static List<SampledAnswer> all(Sampled sampled) {
    return ((Sampled.Answers) sampled).all();
  }

  @Test
  void whatCannotBeAskedIsNamedAndTheOthersAreAnswered() {
    Sample prose = GENERATORS.named("text-prose").generate(1, 1);
    Sample sum = GENERATORS.named("reason-arithmetic").generate(1, 2);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Text(Role.USER, "word ".repeat(200_000)));
    Sample endless =
        new Sample(
            "endless",
            Category.INSTRUCTION,
            "x",
            "test",
            0,
            parts,
            List.of(),
            Optional.empty(),
            Map.of());
    EngineSampler sampler = new EngineSampler(engine, 1.0, 8);
    List<Sampled> sampled = sampler.answers(List.of(prose, endless, sum), 2, 7);
    assertThat(((Sampled.Refused) sampled.get(0)).reason())
        .contains(prose.id())
        .contains("no turn of a user");
    assertThat(((Sampled.Refused) sampled.get(1)).reason())
        .contains("sample endless cannot be asked: the messages have 1000004 characters");
    assertThat(sampled.get(2)).isEqualTo(sampler.answers(List.of(sum), 2, 7).get(0));
  }
}
