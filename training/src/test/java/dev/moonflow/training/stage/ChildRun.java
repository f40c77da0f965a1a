package dev.moonflow.training.stage;

import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.trainer.Ranks;
import dev.moonflow.training.trainer.StopSignal;
import dev.moonflow.training.trainer.TrainingStoppedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run in a process of its own, which tests kill or starve. Says {@code step N} after each. */
final class ChildRun {
  private ChildRun() {}

  public static void main(String[] arguments) {
    Ops.threads(1);
    try (StopSignal stop = StopSignal.listen()) {
      RunSettings settings =
          new RunSettings(
              Path.of(arguments[0]),
              Optional.empty(),
              true,
              new SmallSources(),
              Ranks.ALONE,
              section -> section.optimizer()::create,
              Runs.steps(record -> System.out.println("step " + record.step())),
              stop);
      new RecipeRunner(ResumeTest.recipe(), settings).run();
    } catch (TrainingStoppedException e) {
      System.out.println(e.getMessage());
      stopWith(2);
    }
  }

  private static void stopWith(int code) {
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  /**
   * Starts one.
   *
   * @param limit a shell command before it, such as {@code ulimit -f 100}
   */
  static Process start(Path out, String limit) throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(
        List.of("--add-modules", "jdk.incubator.vector", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
    java.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ChildRun.class.getName(),
            out.toString()));
    StringBuilder command = new StringBuilder(limit).append("; exec");
    java.forEach(word -> command.append(" '").append(word).append('\''));
    return new ProcessBuilder("bash", "-c", command.toString())
        .redirectError(new File("/dev/null"))
        .start();
  }
}
