package dev.moonflow.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ResizePlanTest {
  private static final long SEED = 7L;

  private static PreprocessorConfig config(int limit, boolean pad) {
    float[] half = {0.5f, 0.5f, 0.5f};
    return new PreprocessorConfig(14, limit, pad, half, half, 2, 2, 1024);
  }

  @Test
  void theLimitIsTestedBeforePaddingSoTheGridMayExceedIt() {
    ResizePlan plan = ResizePlan.of(1300, 900, config(4096, true));
    assertThat(plan.rescaled()).isTrue();
    assertThat(plan.gridRows()).isEqualTo(54);
    assertThat(plan.gridCols()).isEqualTo(78);
    assertThat(plan.patches()).isEqualTo(4212);
    assertThat(plan.mediaTokens()).isEqualTo(1053);
  }

  @Test
  void smallImagesAreNeverEnlarged() {
    ResizePlan plan = ResizePlan.of(1, 1, config(4096, true));
    assertThat(plan.rescaled()).isFalse();
    assertThat(plan.finalWidth()).isEqualTo(28);
    assertThat(plan.padRight()).isEqualTo(27);
    assertThat(plan.mediaTokens()).isEqualTo(1);
  }

  @Test
  void halfMarginsOfACropRoundToEven() {
    // Margins 5 and 3 halve to 2.5 and 1.5, which both round to 2.
    ResizePlan plan = ResizePlan.of(28 + 5, 28 + 3, config(4096, false));
    assertThat(plan.cropLeft()).isEqualTo(2);
    assertThat(plan.cropTop()).isEqualTo(2);
  }

  @Test
  void problemsAreOneSentenceEach() {
    assertThat(ResizePlan.of(7168, 28, config(4096, true)).problem().orElseThrow())
        .contains("2 x 512 patches");
    assertThat(ResizePlan.of(7140, 28, config(4096, true)).problem()).isEmpty();
    assertThat(ResizePlan.of(5, 100, config(4096, false)).problem().orElseThrow())
        .contains("empty");
    assertThat(ResizePlan.of(14, 28, config(4096, false)).problem().orElseThrow())
        .contains("2 x 1 patches")
        .contains("pad_input");
    // So much longer than the limit allows that the short side becomes nothing.
    assertThat(ResizePlan.of(14, 100_000, config(1, true)).problem()).isPresent();
  }

  @Test
  void sidesOutsideTheLimitAreRefusedByName() {
    assertThatThrownBy(() -> ResizePlan.of(0, 5, config(1, true))).hasMessageContaining("0 x 5");
    assertThatThrownBy(() -> ResizePlan.of(5, Integer.MAX_VALUE, config(1, true)))
        .hasMessageContaining("16777216");
  }

  @Test
  void everyPlanWithoutAProblemAddsUp() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      int width = 1 + random.nextInt(9000);
      int height = 1 + random.nextInt(9000);
      boolean pad = random.nextBoolean();
      int limit = 1 + random.nextInt(20_000);
      ResizePlan plan = ResizePlan.of(width, height, config(limit, pad));
      if (plan.problem().isPresent()) {
        assertThat(plan.mediaTokens()).isZero();
        continue;
      }
      assertThat(plan.finalWidth()).isEqualTo(14 * plan.gridCols());
      assertThat(plan.finalHeight()).isEqualTo(14 * plan.gridRows());
      assertThat(plan.mediaTokens() * 4).isEqualTo(plan.patches());
      assertThat(plan.resizedWidth()).isLessThanOrEqualTo(width);
      assertThat(plan.rescaled()).isEqualTo(width / 14 * (height / 14) > limit);
      if (pad) {
        assertThat(plan.finalWidth()).isEqualTo(plan.resizedWidth() + plan.padRight());
        assertThat(plan.padRight()).isBetween(0, 27);
        assertThat(plan.padBottom()).isBetween(0, 27);
      } else {
        assertThat(plan.resizedWidth() - plan.finalWidth()).isBetween(0, 13);
        assertThat(plan.cropLeft()).isBetween(0, 7);
      }
    }
  }
}
