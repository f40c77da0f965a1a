package dev.moonflow.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.ask.ImageFiles;
import dev.moonflow.model.ask.VisionModel;
import dev.moonflow.schemas.ImageEvent;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ADD JAR} on a cluster that does not know Moonflow: classes come child-first from the added
 * jars, and native code loads in each session of one JVM.
 */
class UserJarITCase {
  private static final Path GOLDEN = Path.of(System.getProperty("moonflow.golden.dir"));
  private static final Path PICTURE = GOLDEN.resolve("images").resolve("a_37x61.png");
  private static final int TOKENS = 12;
  private static final long PATIENCE_SECONDS = 180;

  /** Jars with native code, which are added with Moonflow's own. */
  private static final String NATIVE = "(aparapi|bcel|jna|dnnl)-.*";

  @TempDir Path folder;

  @Test
  void addedJarsBringTheModelAndItsNativeCodeAgainAndAgain() throws Exception {
    Set<Path> ours = new LinkedHashSet<>();
    for (Class<?> one :
        List.of(
            MoonflowModelFactory.class,
            KimiVl.class,
            Kernels.class,
            ImageReader.class,
            ImageEvent.class)) {
      ours.add(Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
    List<String> added = new ArrayList<>();
    for (Path module : ours) {
      added.add(Files.isDirectory(module) ? jar(module).toString() : module.toString());
    }
    List<String> cluster = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (path.getFileName().toString().matches(NATIVE)) {
        added.add(entry);
      } else if (!ours.contains(path.toAbsolutePath()) && !isOurs(path)) {
        cluster.add(entry);
      }
    }

    String printed = run(String.join(File.pathSeparator, cluster), added);

    try (VisionModel model = VisionModel.load(GOLDEN.resolve("checkpoint"), DeviceChoice.CPU)) {
      var picture = ImageFiles.read(PICTURE);
      String text =
          model.ask(picture, "Read all the text in this image.", TOKENS, piece -> {}).text();
      assertThat(printed).contains("session 1: " + text).contains("session 2: " + text);
    }
  }

  /** Classes of the product that a run of single tests has twice. */
  private static boolean isOurs(Path path) {
    return Files.isDirectory(path)
        && Stream.of("jobs/sql", "jobs/graph", "model", "kernels", "connectors/media", "schemas")
            .map(name -> path.resolve("dev/moonflow").resolve(name).resolve("package-info.class"))
            .anyMatch(Files::exists);
  }

  private Path jar(Path classes) throws IOException {
    Path jar = Files.createTempFile(folder, "moonflow", ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, out);
      }
    }
    return jar;
  }

  private String run(String classPath, List<String> jars) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath,
                UserJarQuery.class.getName(),
                GOLDEN.resolve("checkpoint").toString(),
                PICTURE.toString(),
                Integer.toString(TOKENS)));
    command.addAll(jars);
    Path out = folder.resolve("out.txt");
    Path errors = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(out);
    assertThat(process.exitValue()).as(printed + Files.readString(errors)).isZero();
    return printed;
  }
}
