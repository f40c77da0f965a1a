package dev.moonflow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.ask.ImageFiles;
import dev.moonflow.model.ask.VisionModel;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the programs of {@code examples}, and holds their pages to them. */
class ExamplesITCase {
  private static final Path GOLDEN = Path.of(System.getProperty("moonflow.golden.dir"));
  private static final Path EXAMPLES =
      Path.of(System.getProperty("moonflow.root.dir")).resolve("examples");
  private static final long PATIENCE_SECONDS = 180;
  private static final String MODEL = GOLDEN.resolve("checkpoint").toString();

  @TempDir Path folder;

  private void compile(String example, String name) {
    Path source = EXAMPLES.resolve(example).resolve(name + ".java");
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, "-d", folder.toString(), source.toString());
    assertThat(compiled).as(errors.toString(UTF_8)).isZero();
  }

  /** Runs a compiled program as its page says, in a JVM of its own. */
  private String run(String name, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                folder + File.pathSeparator + System.getProperty("java.class.path"),
                name));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err.txt"))).isZero();
    return Files.readString(out);
  }

  private static String image(String name) {
    return GOLDEN.resolve("images").resolve(name).toString();
  }

  @Test
  void aPlainProgramPrintsTheWordsAsTheyCome() throws Exception {
    compile("java", "AskAPicture");
    String printed = run("AskAPicture", MODEL, image("a_37x61.png"), "How many?", "12");
    try (VisionModel model = VisionModel.load(Path.of(MODEL), DeviceChoice.CPU)) {
      List<String> pieces = new ArrayList<>();
      var picture = ImageFiles.read(Path.of(image("a_37x61.png")));
      var reply = model.ask(picture, "How many?", 12, pieces::add);
      assertThat(pieces).hasSizeGreaterThan(2);
      assertThat(String.join("", pieces)).isEqualTo(reply.text());
      assertThat(printed)
          .endsWith(
              "%s%n-- %d tokens, %s%n"
                  .formatted(reply.text(), reply.tokens().length, reply.reason()));
    }
  }

  @Test
  void aJobOfOnesOwnReadsFiles() throws Exception {
    compile("stream", "ReadScans");
    Path text = Files.writeString(folder.resolve("no-picture.png"), "no picture");
    String printed = run("ReadScans", MODEL, image("a_37x61.png"), image("e_28x28.png"), text + "");
    try (VisionModel model = VisionModel.load(Path.of(MODEL), DeviceChoice.CPU)) {
      for (String name : List.of("a_37x61.png", "e_28x28.png")) {
        var picture = ImageFiles.read(Path.of(image(name)));
        String words = model.ask(picture, "Read all the text in this image.", 64, p -> {}).text();
        assertThat(printed).contains(name + ": " + words);
      }
    }
    assertThat(printed).contains("no-picture.png failed: the file is neither");
  }

  @Test
  void pagesShowWhatTheProgramsSay() throws Exception {
    for (String example : List.of("java/AskAPicture.java", "stream/ReadScans.java")) {
      Path program = EXAMPLES.resolve(example);
      List<String> lines = Files.readString(program).lines().map(String::strip).toList();
      String page = Files.readString(program.resolveSibling("README.md"));
      String shown = page.substring(page.indexOf("```java\n") + 8);
      shown = shown.substring(0, shown.indexOf("```"));
      assertThat(shown).isNotBlank();
      assertThat(shown.lines().map(String::strip).filter(line -> !line.isEmpty()).toList())
          .isSubsetOf(lines);
    }
  }
}
