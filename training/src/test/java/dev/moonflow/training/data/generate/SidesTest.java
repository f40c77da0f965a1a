package dev.moonflow.training.data.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.print.PrintFonts;
import dev.moonflow.training.data.print.PrintedPages;
import dev.moonflow.training.data.print.Side;
import dev.moonflow.training.data.print.SideText;
import dev.moonflow.training.evaluation.heldout.HeldOutItems;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What is judged was never learnt: fonts, texts, questions with answers, names and seeds. */
class SidesTest {
  private static final long SEED = 20;

  private static void requirePackages() {
    try {
      PrintFonts.of(Side.TRAINING);
      PrintFonts.of(Side.HELD_OUT);
      SideText.of(Side.HELD_OUT);
    } catch (SampleException e) {
      assertThat(e).hasMessageContaining("Debian");
      Assumptions.abort(e.getMessage());
    }
  }

  @Test
  void everyExampleIsWrittenInAFontOfItsSide() {
    requirePackages();
    for (Side side : Side.values()) {
      for (Generator generator : SmallSamples.of(side)) {
        for (int i = 0; i < 6; i++) {
          String font = generator.generate(SEED, i).attributes().get("font");
          assertThat(font == null || PrintFonts.sideOf(font) == side).as(font).isTrue();
        }
      }
    }
  }

  @Test
  void noExampleIsOnBothSides() {
    requirePackages();
    Set<List<Part>> learnt = new HashSet<>();
    for (Generator generator : SmallSamples.of(Side.TRAINING)) {
      for (int i = 0; i < 12; i++) {
        learnt.add(generator.generate(SEED, i).parts());
      }
    }
    for (Generator generator : SmallSamples.of(Side.HELD_OUT)) {
      for (int i = 0; i < 6; i++) {
        assertThat(learnt).doesNotContain(generator.generate(SEED, i).parts());
      }
    }
  }

  @Test
  void wholeCategoriesHoldNothingThatIsJudged() {
    Generators all = Generators.standard();
    for (Category category : Category.values()) {
      assertThat(all.of(category)).noneMatch(generator -> generator.name().startsWith("held-out"));
    }
  }

  @Test
  void noRecipeNamesAHeldOutGeneratorOrTheSeedOfTheEvaluation() throws IOException {
    Path recipes = Path.of("src/main/resources/dev/moonflow/training/recipes");
    List<Path> files;
    try (Stream<Path> all = Files.list(recipes)) {
      files = all.toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(Files.readString(file))
          .doesNotContain("generator: held-out")
          .doesNotContain(Long.toString(HeldOutItems.seed(17)));
    }
  }

  @Test
  void aPageHasItsTextInReadingOrderAndCharactersEnough() {
    requirePackages();
    for (Generator generator : PrintedPages.all()) {
      for (int i = 0; i < 3; i++) {
        Sample page = generator.generate(SEED, i);
        Part.Image image = (Part.Image) page.parts().get(0);
        assertThat(image.width()).isEqualTo(PrintedPages.WIDTH);
        assertThat(image.height()).isEqualTo(PrintedPages.HEIGHT);
        String text = page.answer().orElseThrow();
        assertThat(text.replace("\n", "").length()).isBetween(1_300, 2_100);
        assertThat(PrintFonts.sideOf(page.attributes().get("font"))).isEqualTo(Side.HELD_OUT);
      }
    }
  }
}
