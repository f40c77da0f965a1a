package dev.moonflow.training.evaluation.loader;

import static dev.moonflow.training.evaluation.loader.Samples.image;
import static dev.moonflow.training.evaluation.loader.Samples.png;
import static dev.moonflow.training.evaluation.loader.Samples.read;
import static dev.moonflow.training.evaluation.loader.Samples.task;
import static dev.moonflow.training.evaluation.loader.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.DamagedItem;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.metric.Box;
import dev.moonflow.training.evaluation.metric.Coordinates;
import dev.moonflow.training.evaluation.metric.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the benchmarks' own forms, whole and damaged. */
class ImageLoadersTest {
  @TempDir Path folder;

  private static void assertDamaged(Entry entry, String... parts) {
    assertThat(entry).isInstanceOf(DamagedItem.class);
    assertThat(((DamagedItem) entry).problem()).contains(parts).endsWith(".").doesNotContain("\n");
  }

  private static void assertShows(Item item, int medium, int width, int height) {
    var images = item.media().get(medium).images(task("mmmu-val").media());
    assertThat(images).hasSize(1);
    assertThat(images.get(0).width()).isEqualTo(width);
    assertThat(images.get(0).height()).isEqualTo(height);
  }

  @Test
  void mmmuAsParquet() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message mmmu {
              optional binary id (STRING); optional binary question (STRING);
              optional binary options (STRING); optional binary answer (STRING);
              optional binary question_type (STRING);
              optional group image_1 { optional binary bytes; optional binary path (STRING); }
              optional group image_2 { optional binary bytes; optional binary path (STRING); }
            }
            """);
    Path file = folder.resolve("Art/validation-00000-of-00001.parquet");
    Files.createDirectories(file.getParent());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      writer.write(mmmu(type, "validation_Art_Theory_1", "['<image 2>', \"it's red\"]", "B", 2));
      writer.write(mmmu(type, "validation_Art_Theory_2", "[]", "['two', '2']", 1));
      writer.write(mmmu(type, "validation_Art_Theory_3", "['x', 'y']", "C", 1));
      writer.write(mmmu(type, "validation_Art_Theory_4", "['x', 'y'", "A", 1));
    }
    List<Entry> entries = read("mmmu-val", folder);
    Item choice = (Item) entries.get(0);
    assertThat(choice.target()).isEqualTo(new Target.Choice(List.of("<image 2>", "it's red"), 1));
    assertThat(choice.groups()).containsEntry("subject", "Art_Theory");
    assertThat(choice.media()).hasSize(2);
    assertShows(choice, 1, 12, 8);
    assertThat(((Item) entries.get(1)).target()).isEqualTo(new Target.Text(List.of("two", "2")));
    assertDamaged(entries.get(2), file + ", row 3: the field \"answer\"", "2 options, not C");
    assertDamaged(entries.get(3), file + ", row 4: the field \"options\" is no list");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 100));
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> read("mmmu-val", folder))
        .withMessageStartingWith(file + " cannot be read as Parquet: ");
  }

  private static Group mmmu(
      MessageType type, String id, String options, String answer, int images) {
    Group row = new SimpleGroup(type);
    row.add("id", id);
    row.add("question", "What is in <image 1>?");
    row.add("options", options);
    row.add("answer", answer);
    row.add("question_type", options.equals("[]") ? "open" : "multiple-choice");
    for (int i = 1; i <= images; i++) {
      row.addGroup("image_" + i).add("bytes", Binary.fromConstantByteArray(png(12, 8)));
    }
    return row;
  }

  @Test
  void mmbenchAsTsv() throws IOException {
    String image = Base64.getEncoder().encodeToString(png(20, 10));
    Path file =
        text(
            folder.resolve("MMBench_DEV_EN_V11.tsv"),
            "index\tquestion\thint\tA\tB\tC\tD\tanswer\tcategory\timage\n"
                + "7\t\"What says \"\"yes\"\"?\nTwo lines\"\t\tone\ttwo\tthree\t\tC\tocr\t"
                + image
                + "\n8\tAgain?\tLook.\tone\ttwo\t\t\tA\tocr\t7\n"
                + "9\tBad?\t\tone\ttwo\t\t\tA\tocr\t"
                + "!".repeat(80)
                + "\n10\tNone?\t\tone\ttwo\t\t\t\tocr\t"
                + image
                + "\n11\tLost?\t\tone\ttwo\t\t\tB\tocr\t99\n");
    List<Entry> entries = read("mmbench-en", file);
    Item first = (Item) entries.get(0);
    assertThat(first.question()).isEqualTo("What says \"yes\"?\nTwo lines");
    assertThat(first.target()).isEqualTo(new Target.Choice(List.of("one", "two", "three"), 2));
    assertShows(first, 0, 20, 10);
    Item shared = (Item) entries.get(1);
    assertThat(shared.hint()).isEqualTo("Look.");
    assertShows(shared, 0, 20, 10);
    assertDamaged(entries.get(2), file + ", row 3: the field \"image\" is no base64.");
    assertDamaged(entries.get(3), file + ", row 4: the field \"answer\" is empty.");
    Item lost = (Item) entries.get(4);
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> lost.media().get(0).images(task("mmbench-en").media()))
        .withMessageContaining("row 5: the field \"image\" is \"99\"");
  }

  @Test
  void mathVistaAndMathVisionAsJson() throws IOException {
    image(folder.resolve("images/1.png"), 16, 16);
    Path vista =
        text(
            folder.resolve("testmini.json"),
            """
            {"1": {"pid": "1", "question": "Which?", "image": "images/1.png", "choices": ["p", "q"],
                   "answer": "q", "question_type": "multi_choice", "answer_type": "text",
                   "metadata": {"task": "geometry"}},
             "2": {"pid": "2", "question": "How long?", "image": "images/1.png", "choices": null,
                   "unit": "cm", "precision": 1.0, "answer": "2.5", "answer_type": "float"},
             "3": {"pid": "3", "question": "How many?", "image": "images/1.png",
                   "answer": "many", "answer_type": "integer"},
             "4": {"pid": "4", "question": "Where?", "image": "../4.png", "answer": "x"},
             "5": {"pid": "5", "question": "Where?", "image": "images/5.png", "answer": "x"}}
            """);
    List<Entry> entries = read("mathvista", folder);
    assertThat(((Item) entries.get(0)).target()).isEqualTo(new Target.Choice(List.of("p", "q"), 1));
    assertThat(((Item) entries.get(0)).groups()).containsEntry("task", "geometry");
    assertThat(((Item) entries.get(1)).target()).isEqualTo(new Target.Number(2.5, 0, 1));
    assertThat(((Item) entries.get(1)).question()).isEqualTo("How long? (Unit: cm)");
    assertDamaged(entries.get(2), vista + ", entry \"3\": the field \"answer\"", "\"many\"");
    assertDamaged(entries.get(3), "entry \"4\": the field \"image\" names a file outside");
    assertDamaged(entries.get(4), "the field \"image\" names images/5.png, which is not in");

    Path vision =
        text(
            folder.resolve("test.jsonl"),
            """
            {"id": "1", "question": "<image1> Which?", "options": ["A","B","C"], "image": "images/1.png", "answer": "B", "level": 3}
            {"id": "2", "question": "How many?", "options": [], "image": "images/1.png", "answer": "12"}
            {"id": "3", "question": "cut
            """);
    List<Entry> lines = read("mathvision", vision);
    assertThat(((Item) lines.get(0)).target()).isEqualTo(new Target.Choice(List.of("", "", ""), 1));
    assertThat(((Item) lines.get(1)).target()).isEqualTo(new Target.Text(List.of("12")));
    assertDamaged(lines.get(2), vision + ", line 3: ");
  }

  @Test
  void infoVqaAndOcrBench() throws IOException {
    image(folder.resolve("images/a.png"), 16, 16);
    text(
        folder.resolve("infographicsVQA_val_v1.0_withQT.json"),
        """
        {"dataset_name": "infographicVQA", "data": [
          {"questionId": 5, "question": "When?", "image_local_name": "a.png",
           "answers": ["1999", "in 1999"], "answer_type": ["single span"]},
          {"questionId": 6, "question": "Who?", "image_local_name": "a.png", "answers": []}]}
        """);
    List<Entry> info = read("infovqa", folder);
    assertThat(((Item) info.get(0)).target())
        .isEqualTo(new Target.Text(List.of("1999", "in 1999")));
    assertThat(((Item) info.get(0)).groups()).containsEntry("answer-type", "single span");
    assertDamaged(info.get(1), "row 2: the field \"answers\" is missing.");

    Path ocr =
        text(
            folder.resolve("OCRBench.json"),
            """
            [{"dataset_name": "IIIT5K", "type": "Regular Text Recognition", "question": "Read.",
              "answers": ["CENTRE"], "image_path": "a.png"},
             {"dataset_name": "HME100k", "type": "Formulas", "question": "Write it.",
              "answers": "x ^ 2", "image_path": "a.png"}]
            """);
    List<Entry> entries = read("ocrbench", ocr);
    assertThat(((Item) entries.get(0)).target()).isEqualTo(new Target.Text(List.of("CENTRE")));
    assertThat(((Item) entries.get(1)).target()).isEqualTo(new Target.Formula(List.of("x ^ 2")));
    Files.writeString(ocr, "[{\"question\": ");
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> read("ocrbench", ocr))
        .withMessageStartingWith(ocr + ", line 1: ");
  }

  @Test
  void screenSpotBoxesInBothForms() throws IOException {
    image(folder.resolve("screenspotv2_image/s.png"), 100, 50);
    text(
        folder.resolve("screenspot_web_v2.json"),
        """
        [{"img_filename": "s.png", "bbox": [10, 20, 30, 10], "instruction": "close",
          "data_type": "icon", "data_source": "gitlab"},
         {"img_filename": "s.png", "bbox": [10, 20, 30], "instruction": "open"},
         {"img_filename": "s.png", "bbox": [210, 20, 30, 3], "instruction": "open"}]
        """);
    List<Entry> entries = read("screenspot-v2", folder);
    Item item = (Item) entries.get(0);
    assertThat(item.target())
        .isEqualTo(new Target.Place(new Box(10, 20, 40, 30), 100, 50, Coordinates.AUTO));
    assertThat(item.groups()).containsEntry("kind", "icon").containsEntry("platform", "gitlab");
    assertDamaged(entries.get(1), "row 2: the field \"bbox\" must hold 4 numbers, not 3.");
    assertDamaged(entries.get(2), "\"bbox\" is no box on an image of 100 x 50 pixels");

    image(folder.resolve("pro/images/app/s.png"), 100, 50);
    text(
        folder.resolve("pro/annotations/app.json"),
        """
        [{"img_filename": "app/s.png", "bbox": [10, 20, 30, 40], "instruction": "zoom",
          "id": "app_1", "ui_type": "text", "group": "CAD", "platform": "linux"}]
        """);
    Item pro = (Item) read("screenspot-pro", folder.resolve("pro")).get(0);
    assertThat(((Target.Place) pro.target()).box()).isEqualTo(new Box(10, 20, 30, 40));
    assertThat(pro.groups()).containsEntry("group", "CAD");
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> read("ocrbench", folder.resolve("nowhere")))
        .withMessage(folder.resolve("nowhere") + " does not exist.");
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> read("ocrbench", folder))
        .withMessage(folder + " holds no file named test*.parquet or OCRBench.json.");
    Path other = text(folder.resolve("x.xlsx"), "");
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> read("ocrbench", other))
        .withMessageContaining("is of no form that is read here");
  }

  @Test
  void pythonListsAsTheyArePrinted() {
    assertThat(PythonList.parse("['a', \"b's\", 'c\\'d', 3, 'e\\\\f']"))
        .hasValue(List.of("a", "b's", "c'd", "3", "e\\f"));
    assertThat(PythonList.parse("[]")).hasValue(List.of());
    assertThat(PythonList.parse("['$\\mu$', 'two\\nlines']"))
        .hasValue(List.of("$\\mu$", "two\nlines"));
    assertThat(PythonList.parse("['a' 'b']")).isEmpty();
    assertThat(PythonList.parse("['a'")).isEmpty();
    assertThat(PythonList.parse("'a'")).isEmpty();
  }
}
