package dev.moonflow.training.evaluation.heldout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.data.print.Degradation;
import dev.moonflow.training.data.render.Canvas;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page is cut into its lines, and their texts stand in its order again. */
class PageReaderTest {
  @Test
  void linesAreCutInReadingOrder() {
    Canvas page = new Canvas(1240, 1754, Color.WHITE);
    Font font = new Font("DejaVu Sans", Font.PLAIN, 24);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String text = "Line " + i + " of this page has words enough for a line of text.";
      page.text(text, font, Color.BLACK, 120, 200 + 36 * i + (i > 2 ? 120 : 0));
      texts.add(text);
    }
    PageReader reader = new PageReader(Degradation.rgb(page.image()));
    assertThat(reader.lines()).hasSize(6);
    assertThat(reader.lines())
        .allSatisfy(
            line -> {
              assertThat(line.height()).isEqualTo(PageReader.LINE_HEIGHT);
              assertThat(line.width()).isBetween(300, PageReader.LINE_WIDTH_MAX);
            });
    assertThat(reader.text(texts).replaceAll("\n+", "\n")).isEqualTo(String.join("\n", texts));
  }
}
