package dev.moonflow.training.data.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Printed lines: one size, no change from run to run, and two sides that share nothing. */
class PrintedLinesTest {

  private static Generator named(String name) {
    return LazyLines.all().stream().filter(g -> g.name().equals(name)).findFirst().orElseThrow();
  }

  /** Fonts and texts are large packages; where they are missing, the sentence is checked. */
  private static void requirePackages() {
    try {
      named("print-line").generate(1, 0);
      named("held-out-line").generate(1, 0);
    } catch (SampleException e) {
      assertThat(e).hasMessageContaining("Debian");
      Assumptions.abort(e.getMessage());
    }
  }

  @Test
  void everyLineIsTwoPatchesHighAndItsTextCanBeRead() {
    requirePackages();
    for (Generator generator : LazyLines.all()) {
      for (int i = 0; i < 20; i++) {
        Sample sample = generator.generate(3, i);
        Part.Image image = (Part.Image) sample.parts().get(0);
        assertThat(image.height()).isEqualTo(PrintedLines.HEIGHT);
        assertThat(image.width()).isBetween(1, PrintedLines.WIDTH_MAX);
        String text = sample.answer().orElseThrow();
        assertThat(text).isNotBlank();
        assertThat(text.chars()).allMatch(c -> PrintFonts.CHARACTERS.indexOf(c) >= 0);
        assertThat(contrast(Images.decode(image))).as(sample.id()).isGreaterThan(30);
      }
    }
  }

  private static int contrast(BufferedImage image) {
    int low = 255;
    int high = 0;
    for (int pixel : Images.pixels(image)) {
      int grey = ((pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) + (pixel & 0xff)) / 3;
      low = Math.min(low, grey);
      high = Math.max(high, grey);
    }
    return high - low;
  }

  @Test
  void equalSeedAndIndexGiveEqualBytes() {
    requirePackages();
    Sample one = named("print-scan").generate(5, 9);
    Sample same = named("print-scan").generate(5, 9);
    Sample other = named("print-scan").generate(5, 10);
    assertThat(((Part.Image) same.parts().get(0)).encoded())
        .isEqualTo(((Part.Image) one.parts().get(0)).encoded());
    assertThat(same.answer()).isEqualTo(one.answer());
    assertThat(((Part.Image) other.parts().get(0)).encoded())
        .isNotEqualTo(((Part.Image) one.parts().get(0)).encoded());
  }

  @Test
  void theSidesShareNeitherDesignNorWord() {
    assertThat(PrintFonts.sideOf("Lato Light")).isEqualTo(Side.HELD_OUT);
    assertThat(PrintFonts.sideOf("DejaVu Sans Mono")).isEqualTo(Side.TRAINING);
    requirePackages();
    Set<String> designs = new HashSet<>();
    for (String family : PrintFonts.of(Side.TRAINING).families()) {
      designs.add(PrintFonts.design(family));
    }
    assertThat(PrintFonts.of(Side.HELD_OUT).families())
        .isNotEmpty()
        .noneMatch(family -> designs.contains(PrintFonts.design(family)));
    Draw draw = Draw.of("test", 1, 1);
    EnglishText learnt = EnglishText.of(Side.TRAINING);
    EnglishText judged = EnglishText.of(Side.HELD_OUT);
    for (int i = 0; i < 200; i++) {
      assertThat(EnglishText.sideOf(learnt.word(draw))).isEqualTo(Side.TRAINING);
      assertThat(EnglishText.sideOf(judged.word(draw))).isEqualTo(Side.HELD_OUT);
    }
  }
}
