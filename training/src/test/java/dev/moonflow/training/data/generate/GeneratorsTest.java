package dev.moonflow.training.data.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleCodec;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every generator. */
class GeneratorsTest {
  private static final int COUNT = 12;
  private static final Generators GENERATORS = Generators.standard();

  static Stream<Generator> all() {
    // What is made only by name needs fonts and texts of Debian packages, and has its own tests.
    return GENERATORS.all().stream().filter(g -> !g.onlyByName());
  }

  @ParameterizedTest
  @MethodSource("all")
  void examplesAreAFunctionOfSeedAndIndex(Generator generator) {
    Set<List<Part>> contents = new HashSet<>();
    for (int i = 0; i < COUNT; i++) {
      Sample sample = generator.generate(7, i);
      assertThat(sample.category()).isEqualTo(generator.category());
      assertThat(sample.source()).isEqualTo(generator.name());
      assertThat(sample.topic()).isNotEmpty();
      contents.add(sample.parts());
    }
    assertThat(contents).hasSizeGreaterThan(COUNT / 2);
    // Again with new instances, backwards: nothing may depend on what was made before.
    Generator again = Generators.standard().named(generator.name());
    for (int i = COUNT - 1; i >= 0; i -= 3) {
      assertThat(SampleCodec.encode(again.generate(7, i)))
          .isEqualTo(SampleCodec.encode(generator.generate(7, i)));
    }
    assertThat(generator.generate(8, 0).parts()).isNotEqualTo(generator.generate(7, 0).parts());
  }

  @ParameterizedTest
  @MethodSource("all")
  void imagesDecodeAndRegionsLieOnThem(Generator generator) {
    for (int i = 0; i < 4; i++) {
      Sample sample = generator.generate(11, i);
      for (Part part : sample.parts()) {
        if (part instanceof Part.Image image) {
          Images.decode(image);
        } else {
          assertThat(((Part.Text) part).text()).isNotBlank();
        }
      }
      for (Region region : sample.regions()) {
        Part.Image image = (Part.Image) sample.parts().get(region.part());
        assertThat(region.left()).isBetween(0.0, region.right() - 1);
        assertThat(region.top()).isBetween(0.0, region.bottom() - 1);
        assertThat(region.right()).isLessThanOrEqualTo(image.width());
        assertThat(region.bottom()).isLessThanOrEqualTo(image.height());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void conversationsEndWithTheAssistant(Generator generator) {
    Sample sample = generator.generate(3, 3);
    Role last = sample.parts().get(sample.parts().size() - 1).role();
    boolean conversation =
        switch (generator.category()) {
          case INSTRUCTION, REASONING -> true;
          default -> last != Role.NONE;
        };
    assertThat(last).isEqualTo(conversation ? Role.ASSISTANT : Role.NONE);
    if (conversation) {
      assertThat(sample.parts()).noneMatch(part -> part.role() == Role.NONE);
      assertThat(sample.answer()).isPresent();
    }
  }

  @Test
  void allInkOfALineLiesInItsBox() {
    for (int i = 0; i < 200; i++) {
      Sample sample = GENERATORS.named("ocr-line").generate(5, i);
      Region box = sample.regions().get(0);
      BufferedImage image = Images.decode((Part.Image) sample.parts().get(0));
      int paper = image.getRGB(0, 0);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          boolean inside =
              x >= box.left() - 1
                  && x < box.right() + 1
                  && y >= box.top() - 1
                  && y < box.bottom() + 1;
          if (!inside) {
            assertThat(image.getRGB(x, y)).as("%s at %d, %d", sample.id(), x, y).isEqualTo(paper);
          }
        }
      }
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThatThereAre() {
    assertThatThrownBy(() -> GENERATORS.named("ocr-poem"))
        .hasMessageContaining("\"ocr-poem\"")
        .hasMessageContaining("ocr-line");
  }
}
