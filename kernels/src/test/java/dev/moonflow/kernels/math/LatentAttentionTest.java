package dev.moonflow.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatentAttentionTest {
  private static final long SEED = 11L;
  private static final float SCALE = 0.3f;

  /** Rows of [latent | rope key] and pages that hold them in one of two layers. */
  private static final class Filled {
    final LatentLayout layout;
    final float[] rows;
    final float[][] pages;

    Filled(Random random, int tokens, int rank, int rope) {
      layout = new LatentLayout(2, rank, rope);
      rows = MatrixTest.random(random, tokens * (rank + rope));
      pages = new float[(tokens + 63) / 64][layout.pageSize()];
      for (float[] page : pages) {
        Arrays.fill(page, Float.NaN); // what is not written must not be read
      }
      for (int t = 0; t < tokens; t++) {
        layout.write(pages[t / 64], 1, t % 64, rows, t * (rank + rope));
      }
    }
  }

  /** One head of one token: keys in order of components, values by page. */
  private static float[] reference(Filled cache, float[] q, int seen) {
    int width = cache.layout.width();
    int rank = cache.layout.rank();
    float[] scores = new float[seen];
    for (int s = 0; s < seen; s++) {
      for (int i = 0; i < width; i++) {
        scores[s] = Math.fma(cache.rows[s * width + i], q[i], scores[s]);
      }
    }
    float[] p = ReferenceMath.softmax(scores, SCALE);
    float[] out = new float[rank];
    for (int i = 0; i < rank; i++) {
      for (int from = 0; from < seen; from += 64) {
        float sum = 0;
        for (int s = from; s < Math.min(seen, from + 64); s++) {
          sum = Math.fma(cache.rows[s * width + i], p[s], sum);
        }
        out[i] = from == 0 ? sum : out[i] + sum;
      }
    }
    return out;
  }

  @ParameterizedTest(name = "{0} seen, {1} tokens, {2} heads, latent {3}, rope {4}")
  @CsvSource({
    "1,1,1,16,8",
    "1,5,3,20,6",
    "60,70,3,20,6",
    "64,1,16,32,8",
    "63,2,2,5,2",
    "130,1,5,48,0",
    "128,9,2,33,2"
  })
  void headsHaveTheBitsOfTheScalarTwin(int seen, int tokens, int heads, int rank, int rope) {
    Random random = new Random(SEED);
    Filled cache = new Filled(random, seen + tokens - 1, rank, rope);
    int width = rank + rope;
    float[] q = MatrixTest.random(random, tokens * heads * width);
    float[] out = new float[tokens * heads * rank];
    float[] p =
        LatentAttention.attend(
            cache.layout, 1, cache.pages, seen, tokens, q, 0, heads, SCALE, out, 0);
    for (int row = 0; row < tokens * heads; row++) {
      float[] one = Arrays.copyOfRange(q, row * width, (row + 1) * width);
      assertThat(Arrays.copyOfRange(out, row * rank, (row + 1) * rank))
          .as("row " + row + " of seed " + SEED)
          .isEqualTo(reference(cache, one, seen + row / heads));
      int sees = seen + row / heads;
      int stride = LatentAttention.stride(seen + tokens - 1);
      assertThat(p[row * stride]).isBetween(0f, 1f);
      assertThat(Arrays.copyOfRange(p, row * stride + sees, (row + 1) * stride))
          .isEqualTo(new float[stride - sees]);
    }
  }

  @Test
  void layersDoNotOverlap() {
    LatentLayout layout = new LatentLayout(3, 5, 2);
    float[] page = new float[layout.pageSize()];
    float[] row = {1, 1, 1, 1, 1, 1, 1};
    for (int slot = 0; slot < LatentLayout.TOKENS; slot++) {
      layout.write(page, 1, slot, row, 0);
    }
    int third = layout.pageSize() / 3;
    for (int i = 0; i < page.length; i++) {
      if (i / third != 1) {
        assertThat(page[i]).isZero();
      }
    }
    float sum = 0;
    for (float v : page) {
      sum += v;
    }
    assertThat(sum).isEqualTo(64 * (7 + 5));
  }

  @Test
  void impossibleLayoutsAreRefused() {
    assertThatThrownBy(() -> new LatentLayout(0, 16, 8)).hasMessageContaining("needs layers");
    assertThatThrownBy(() -> new LatentLayout(100_000, 512, 64)).hasMessageContaining("too large");
  }
}
