package dev.moonflow.training.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
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
    List<List<String>> both = sampler.answers(List.of(word, sum), 3, 7);
    assertThat(both).hasSize(2).allMatch(answers -> answers.size() == 3);
    assertThat(sampler.answers(List.of(sum), 3, 7).get(0)).isEqualTo(both.get(1));
    assertThat(sampler.answers(List.of(sum), 2, 7).get(0)).isEqualTo(both.get(1).subList(0, 2));
    assertThat(sampler.answers(List.of(sum), 3, 8).get(0)).isNotEqualTo(both.get(1));
    assertThat(new HashSet<>(both.get(1))).hasSizeGreaterThan(1);
  }

  @Test
  void anExampleThatAsksNothingIsNamed() {
    Sample prose = GENERATORS.named("text-prose").generate(1, 1);
    EngineSampler sampler = new EngineSampler(engine, 1.0, 8);
    assertThatThrownBy(() -> sampler.answers(List.of(prose), 1, 1))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining(prose.id());
  }
}
