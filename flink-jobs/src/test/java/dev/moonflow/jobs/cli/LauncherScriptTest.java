package dev.moonflow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherScriptTest {
  @TempDir Path folder;

  @Test
  void theScriptIsExecutableAndBashCanReadIt() throws Exception {
    Path script = CommandRun.root().resolve("moonflow");
    assertThat(Files.isExecutable(script)).isTrue();
    Output output = run(Map.of(), "bash", "-n", script.toString());
    assertThat(output.text()).isEmpty();
    assertThat(output.code()).isZero();
  }

  @Test
  void anOldJavaIsRefusedInOneSentence() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    executable(
        bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Output output =
        run(Map.of("JAVA_HOME", folder.resolve("jdk").toString()), launcher().toString());
    assertThat(output.text()).contains("is Java 11.0.2, and Moonflow needs 17 or newer");
    assertThat(output.code()).isEqualTo(ExitCodes.USER_ERROR);
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed() throws Exception {
    Output output = run(Map.of("JAVA_HOME", folder.toString()), launcher().toString());
    assertThat(output.text()).contains("JAVA_HOME is " + folder, "no bin/java");
    assertThat(output.code()).isEqualTo(ExitCodes.USER_ERROR);
  }

  @Test
  void aSymbolicLinkFindsTheProjectAndArgumentsPassUnchanged() throws Exception {
    Path project = launcher().getParent();
    Path bin = Files.createDirectories(folder.resolve("jdk 17/bin"));
    executable(
        bin.resolve("java"),
        "#!/bin/sh\n"
            + "[ \"$1\" != -version ] || { echo 'openjdk version \"17.0.1\"' >&2; exit 0; }\n"
            + "for argument; do echo \"[$argument]\"; done\n");
    Files.createDirectories(project.resolve("flink-jobs/target/lib"));
    Files.writeString(project.resolve("flink-jobs/target/flink-jobs-1.jar"), "");
    Path link = Files.createSymbolicLink(folder.resolve("link"), project.resolve("moonflow"));
    Output output =
        run(
            Map.of("JAVA_HOME", folder.resolve("jdk 17").toString(), "MOONFLOW_NO_BUILD", "1"),
            link.toString(),
            "publish",
            "a file.png",
            "");
    assertThat(output.text())
        .contains("[-Dmoonflow.home=" + project.toRealPath() + "]")
        .contains("[publish]\n[a file.png]\n[]\n");
    assertThat(output.code()).isZero();
  }

  /** A copy of the script in a folder of its own, in which nothing is built. */
  private Path launcher() throws IOException {
    Path project = Files.createDirectories(folder.resolve("a project"));
    Path script = project.resolve("moonflow");
    if (!Files.exists(script)) {
      Files.copy(CommandRun.root().resolve("moonflow"), script);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return script;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Output(int code, String text) {}

  private Output run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("MOONFLOW_JAVA_OPTS");
    builder.environment().putAll(environment);
    Process process = builder.directory(folder.toFile()).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }
}
