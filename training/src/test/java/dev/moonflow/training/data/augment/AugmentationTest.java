package dev.moonflow.training.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Sample;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  /** A red rectangle alone on white: after any warp all red lies in the moved box, and fills it. */
  @Test
  void labelledPixelsStayInTheirBox() {
    for (int i = 0; i < 150; i++) {
      Draw draw = Draw.of("warp test", 4, i);
      int width = draw.between(80, 300);
      int height = draw.between(80, 300);
      double x = draw.uniform(20, width - 50);
      double y = draw.uniform(20, height - 40);
      Box box = new Box(x, y, x + draw.uniform(8, 28), y + draw.uniform(8, 18));
      Canvas canvas = new Canvas(width, height, Color.WHITE);
      canvas.rectangle(box, Color.RED);
      Warp warp =
          switch (i % 3) {
            case 0 -> Warp.rotation(width, height, draw.uniform(-10, 10));
            case 1 -> Warp.perspective(draw, width, height, 0.1);
            default -> Warp.elastic(draw, width, height);
          };
      BufferedImage warped = warp.apply(canvas.image(), 0xffffff);
      Box moved = warp.forward(box);
      double[] extent = {1e9, 1e9, -1e9, -1e9};
      for (int v = 0; v < warped.getHeight(); v++) {
        for (int u = 0; u < warped.getWidth(); u++) {
          // Half covered or more: green has left the white.
          if ((warped.getRGB(u, v) >> 8 & 0xff) < 128) {
            extent[0] = Math.min(extent[0], u);
            extent[1] = Math.min(extent[1], v);
            extent[2] = Math.max(extent[2], u + 1);
            extent[3] = Math.max(extent[3], v + 1);
          }
        }
      }
      String which = "case " + i + " of kind " + i % 3;
      assertThat(extent[0]).as(which).isBetween(moved.left() - 1, moved.left() + 2.5);
      assertThat(extent[1]).as(which).isBetween(moved.top() - 1, moved.top() + 2.5);
      assertThat(extent[2]).as(which).isBetween(moved.right() - 2.5, moved.right() + 1);
      assertThat(extent[3]).as(which).isBetween(moved.bottom() - 2.5, moved.bottom() + 1);
    }
  }

  @Test
  void aChangedExampleIsAFunctionOfItsIdAndTheSeed() {
    Augmentation always = new Augmentation(1, 1, 0.5);
    for (int i = 0; i < 10; i++) {
      Sample sample = Generators.standard().named("ocr-block").generate(2, i);
      Sample changed = always.apply(sample, 5);
      assertThat(changed).isEqualTo(always.apply(sample, 5));
      assertThat(changed.parts()).isNotEqualTo(always.apply(sample, 6).parts());
      assertThat(changed.id()).isEqualTo(sample.id() + "~5");
      Part.Image image = (Part.Image) changed.parts().get(0);
      Images.decode(image);
      assertThat(changed.regions()).hasSameSizeAs(sample.regions());
      for (Region region : changed.regions()) {
        assertThat(region.right()).isLessThanOrEqualTo(image.width());
        assertThat(region.bottom()).isLessThanOrEqualTo(image.height());
      }
    }
  }

  @Test
  void screensAreNeverMoved() {
    Sample screen = Generators.standard().named("agent-grounding").generate(2, 1);
    Sample changed = new Augmentation(1, 1, 1).apply(screen, 3);
    assertThat(changed.regions()).isEqualTo(screen.regions());
    assertThat(((Part.Image) changed.parts().get(0)).width())
        .isEqualTo(((Part.Image) screen.parts().get(0)).width());
    assertThat(changed.parts().get(0)).isNotEqualTo(screen.parts().get(0));
  }
}
