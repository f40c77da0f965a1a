package dev.moonflow.training.evaluation.beside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.metric.Target;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.task.TaskCatalog;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another reader beside the model, played by a shell script. */
class BesideTest {
  private static final TaskDefinition LINES =
      TaskCatalog.builtIn().find("moonlet-lines").orElseThrow();

  @TempDir Path folder;

  /** A reader that says {@code line N} for the image N.png, and which arguments it had. */
  private Tesseract reader() throws IOException {
    Path script = folder.resolve("reader");
    Files.writeString(
        script,
        """
        #!/bin/sh
        if [ "$1" = --version ]; then echo "reader 1.0"; exit 0; fi
        echo "$@" >> %s
        while read -r image; do
          test -s "$image" || exit 3
          name=$(basename "$image" .png)
          # Of an image without text Tesseract says nothing at all.
          if [ "$name" != 7 ]; then printf 'line %%s\\n\\n\\f' "$name"; fi
        done < "$1"
        """
            .formatted(folder.resolve("arguments")));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return Tesseract.find(script.toString());
  }

  private static List<Item> items(int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RgbImage image = new RgbImage(28, 28, new byte[28 * 28 * 3]);
      String right = i % 2 == 0 ? "line " + i : "lime " + i;
      items.add(
          new Item(
              "item-" + i,
              "Read.",
              "",
              List.of(budget -> List.of(image)),
              new Target.Text(List.of(right)),
              Map.of("class", i < 10 ? "serif" : "sans")));
    }
    return items;
  }

  private List<Answered> read(boolean lines, Set<Integer> known) throws IOException {
    List<Answered> answers = new ArrayList<>();
    new BesideRun(reader(), LINES, lines).run(ItemSource.of(items(20)), 20, known, answers::add);
    return answers;
  }

  @Test
  void everyImageIsReadAndJudgedByTheTasksOwnMetric() throws IOException {
    List<Answered> answers = read(false, Set.of());
    assertThat(answers).extracting(Answered::answer).startsWith("line 0", "line 1").hasSize(20);
    assertThat(answers).extracting(Answered::part).startsWith(0.0, 1.0, 0.0, 1.0);
    assertThat(answers.get(3).whole()).isEqualTo(6);
    assertThat(answers.get(7).answer()).isEmpty();
    assertThat(answers.get(7).part()).isEqualTo(6);
    assertThat(answers.get(8).answer()).isEqualTo("line 8");
    assertThat(folder.resolve("arguments")).content().doesNotContain("--psm");
    read(true, Set.of(0, 1, 2));
    assertThat(folder.resolve("arguments")).content().contains("stdout --psm 7");
  }

  @Test
  void whatWasReadBeforeIsNotReadAgain() throws IOException {
    assertThat(read(false, Set.of(0, 5))).extracting(Answered::index).hasSize(18).doesNotContain(5);
  }

  @Test
  void bothAreComparedItemByItem() throws IOException {
    List<Answered> other = read(false, Set.of());
    List<Answered> perfect =
        other.stream()
            .map(a -> answered(a, a.target(), 0))
            .sorted(Comparator.comparingInt(Answered::index))
            .toList();
    Beside beside = Beside.of(LINES, "reader 1.0", perfect, other, 7);
    Beside.Row all = beside.rows().get(0);
    assertThat(all.group()).isEqualTo("all");
    assertThat(all.items()).isEqualTo(20);
    assertThat(all.model()).isZero();
    assertThat(all.other()).isBetween(0.1, 0.13);
    assertThat(all.difference().excludesZero()).isTrue();
    assertThat(all.difference().high()).isNegative();
    assertThat(beside.rows())
        .extracting(Beside.Row::group)
        .contains("class = sans", "class = serif");
    assertThat(BesideReport.markdown(List.of(beside)))
        .contains("| all | 20 | 0.00 | 0.00 to 0.00 | 1")
        .contains("reader 1.0");
    assertThat(BesideReport.json(List.of(beside))).contains("\"reader\" : \"reader 1.0\"");
  }

  private static Answered answered(Answered a, String text, double part) {
    return new Answered(
        a.index(), a.id(), a.target(), text, text, part, a.whole(), "stop", 0, 0, a.groups(), "");
  }

  @Test
  void aMissingCommandIsSaidInOneSentence() {
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> Tesseract.find(folder.resolve("none").toString()))
        .withMessageContaining("there is no command")
        .withMessageContaining("tesseract-ocr");
  }

  @Test
  void picturesShowTheBestAndTheWorst() throws IOException {
    List<Answered> answers = read(false, Set.of());
    Pictures.write(LINES, answers, 3, ItemSource.of(items(20)), folder.resolve("pictures"));
    for (String sheet : List.of("best", "worst")) {
      BufferedImage image =
          ImageIO.read(folder.resolve("pictures/moonlet-lines-" + sheet + ".png").toFile());
      assertThat(image.getHeight()).isGreaterThan(3 * 60);
    }
    assertThat(folder.resolve("pictures/moonlet-lines-best.png"))
        .exists()
        .satisfies(
            best ->
                assertThat(Files.readAllBytes(best))
                    .isNotEqualTo(
                        Files.readAllBytes(folder.resolve("pictures/moonlet-lines-worst.png"))));
  }

  @Test
  void pixelsKeepTheirColours() {
    Canvas canvas = new Canvas(3, 2, new Color(10, 200, 30));
    BufferedImage same =
        Pixels.of(dev.moonflow.training.data.print.Degradation.rgb(canvas.image()));
    assertThat(Images.pixels(same)).containsOnly(10 << 16 | 200 << 8 | 30);
  }
}
